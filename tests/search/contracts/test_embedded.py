import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from search.engines.base import EngineUnavailable
from search.engines.embedded import EmbeddedEngine
from tests.search.contracts.engine_contract import EngineContract, put, record, words

ROOT = Path(__file__).resolve().parents[3]
WRITER = """
import sys
from pathlib import Path
from search.engines.embedded import EmbeddedEngine
from search.engines.base import Operation
from search.records import SearchRecord, Section
engine = EmbeddedEngine(Path(sys.argv[1]))
version = int(sys.argv[2])
while True:
    version += 1
    with engine.exclusive(5):
        records = [SearchRecord("paper", str(n), "/", f"Fassung {version}",
                                sections=(Section("", "", "Duldung"),)) for n in range(40)]
        engine.write([Operation("paper", r.id, version, r) for r in records])
    print(version, flush=True)
"""


class TestEmbedded(EngineContract):
    @pytest.fixture
    def engine(self, tmp_path):
        return EmbeddedEngine(tmp_path / "index")

    def test_another_engine_on_the_same_folder_sees_every_commit(self, ready, tmp_path):
        other = EmbeddedEngine(tmp_path / "index")
        ready.write([put(record(1, "Eins"))])
        assert self.ids(other, words("Eins")) == ["1"]
        other.write([put(record(2, "Zwei"))])
        assert self.ids(ready, words("Zwei")) == ["2"]

    def test_a_forked_process_opens_the_index_for_itself(self, ready):
        ready.write([put(record(1, "Eins"))])
        ready.snapshot()
        child = os.fork()
        if child == 0:
            os._exit(0 if self.ids(ready, words("Eins")) == ["1"] else 1)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0

    def test_an_index_of_another_shape_is_refused(self, ready, tmp_path):
        (meta,) = (tmp_path / "index").glob("g-*/meta.json")
        meta.write_text(meta.read_text().replace('"schema": "', '"schema": "x'))
        with pytest.raises(EngineUnavailable, match="rebuild"):
            EmbeddedEngine(tmp_path / "index").snapshot()

    @pytest.mark.parametrize("damage", [b"", b"damaged"])
    def test_a_damaged_index_is_an_outage(self, ready, tmp_path, damage):
        ready.write([put(record(1, "Eins"))])
        for path in (tmp_path / "index").glob("g-*/records/*"):
            if path.suffix != ".lock":
                path.write_bytes(damage)
        with pytest.raises(EngineUnavailable):
            EmbeddedEngine(tmp_path / "index").snapshot()

    def test_a_lexicon_that_does_not_belong_to_the_index_is_refused(self, ready, tmp_path):
        from search.language.lexicon import build_lexicon

        (lexicon,) = (tmp_path / "index").glob("g-*/lexicon.json.gz")
        build_lexicon(["Fremdes"]).save(lexicon)
        with pytest.raises(EngineUnavailable):
            EmbeddedEngine(tmp_path / "index").snapshot()

    @pytest.mark.parametrize("part", ["records", "sections"])
    def test_a_file_broken_on_the_disk_is_an_outage_and_nothing_worse(self, ready, tmp_path, part):
        ready.write([put(record(n, f"Vermerk {n}", "Ein Bescheid zur Duldung. " * 5)) for n in range(40)])
        (folder,) = (tmp_path / "index").glob(f"g-*/{part}")
        names = [path.name for path in folder.iterdir() if path.suffix not in (".json", ".lock")]
        for name in names:
            # A copy, because the files of the index itself are mapped into this process.
            copy = tmp_path / f"copy-{part}-{name}"
            shutil.copytree(tmp_path / "index", copy)
            (broken,) = copy.glob(f"g-*/{part}/{name}")
            whole = broken.read_bytes()
            third = len(whole) // 3
            broken.write_bytes(whole[:third] + bytes(third) + whole[2 * third :])
            with contextlib.suppress(EngineUnavailable):
                self.ask(EmbeddedEngine(copy), words("Bescheid"))

    def test_leftovers_of_an_interrupted_rebuild_are_neither_written_nor_kept(self, ready, tmp_path):
        from search.language.lexicon import build_lexicon

        abandoned = ready.begin_generation(build_lexicon([]))
        ready._end_rebuild()  # As if the rebuilding process had died.
        ready.write([put(record(1, "Eins"))])
        assert not EmbeddedEngine(tmp_path / "index")._generations.named(abandoned).open_records().searcher().num_docs
        ready.discard(ready.begin_generation(build_lexicon([])))
        assert not (tmp_path / "index" / abandoned).exists()

    @pytest.mark.slow
    def test_a_killed_writer_leaves_a_whole_index(self, ready, tmp_path):
        version = 0
        chance = random.Random(7)  # noqa: S311 -- a repeatable test, no secret.
        for _ in range(4):
            command = [sys.executable, "-c", WRITER, str(tmp_path / "index"), str(version)]
            with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as writer:
                told = int(writer.stdout.readline())
                time.sleep(chance.uniform(0.02, 0.2))
                writer.send_signal(signal.SIGKILL)
                told = max([told, *map(int, writer.stdout.read().split())])
            held = list(ready.held())
            assert len(held) == len({entry.id for entry in held}) == 40
            (version,) = {entry.version for entry in held}
            assert version >= told, "what was reported as written is there"
        with ready.exclusive(2):
            ready.write([put(record(100, "Danach"))])
        assert self.ids(ready, words("Danach")) == ["100"]
