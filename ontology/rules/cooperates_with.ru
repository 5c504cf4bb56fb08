# Problem: a cooperation stands between its units; asking who works with whom needs a link from unit to unit.
# Solution: coop:cooperatesWith joins each initiator with each participant, in both directions; a generic unit too.
#   Participants of one cooperation are not joined with one another: the sentence does not say so.
# The graph's IRI is relative to the base of the data.
PREFIX coop: <https://w3id.org/coop-kg/ontology#>

INSERT { GRAPH <graph/derived> { ?a coop:cooperatesWith ?b . ?b coop:cooperatesWith ?a } }
WHERE {
  ?cooperation coop:initiator ?a ; coop:participant ?b .
  FILTER (?a != ?b)
}
