"""Services as places of a store, in kg.toml and on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.config import Config
from kg.errors import ConfigError
from kg.service import Service

ADDRESSES = '[store]\nquery = "https://h/q"\nupdate = "https://h/u"\ngraphs = "https://h/g"\nunion = "graph"\n'
WHOLE = Service("https://h/q", "https://h/u", "https://h/g", "graph")


def config(folder: Path, text: str) -> Config:
    file = folder / "kg.toml"
    file.write_text(text, encoding="utf-8")
    return Config.read(file)


def test_a_table_names_the_addresses(tmp_path: Path) -> None:
    assert config(tmp_path, ADDRESSES).store == WHOLE


def test_an_address_alone_has_the_paths_of_oxigraph(tmp_path: Path) -> None:
    found = Service("http://h:1/query", "http://h:1/update", "http://h:1/store")
    assert config(tmp_path, 'store = "http://h:1/"\n').store == found


def test_a_query_address_named_again_means_the_whole_service(tmp_path: Path) -> None:
    read = config(tmp_path, ADDRESSES)
    assert read.place("https://h/q") == WHOLE
    assert read.place("https://other/sparql") == Service("https://other/sparql")
    assert read.place("build/store") == Path("build/store")
    assert read.place(None) == WHOLE


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[store]\nupdate = "https://h/u"\n', "line 1: [store] names no query address"),
        ('[store]\nquery = "ftp://h/u"\n', "line 1: 'ftp://h/u' is not the address of a service"),
        ('[store]\nquery = "https://h"\nunion = "x"\n', "line 1: a service cannot unite its graphs as 'x'"),
        ('timeout = 1\nstore = "https://me:secret@h/q"\n', "line 2: the address of h holds a user name"),
        ('[store]\nquery = "https://h"\nuser = "x"\n', "unknown key “user”"),
    ],
)
def test_what_cannot_be_used_is_told_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ConfigError) as error:
        config(tmp_path, text)
    assert message in error.value.message.en
    assert "secret" not in error.value.message.en
