"""The wheel works without the checkout: what it reads travels with it."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, built without asking an index."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT], check=True, capture_output=True)
    (found,) = folder.glob("*.whl")
    return found


def migkit(python: Path | str, folder: Path, *arguments: str, **environment: str) -> str:
    """What a command of the installed package says, run from a folder outside the checkout."""
    rest = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | environment
    done = subprocess.run(
        [python, "-P", "-c", "from migkit.cli import main; main()", *arguments],
        cwd=folder,
        env=rest,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_the_wheel_carries_what_it_reads(wheel):
    """Notebooks, templates, suites and the mark that it is typed lie inside; its version is the package's."""
    from migkit import __version__

    names = zipfile.ZipFile(wheel).namelist()

    assert wheel.name.startswith(f"migkit-{__version__}-")
    assert "migkit/py.typed" in names and any(name.endswith("/LICENSE") for name in names)
    for folder, ending in (("notebooks", ".ipynb"), ("templates", ".yaml"), ("expectations", ".json")):
        here = {path.name for path in (ROOT / folder).glob(f"*{ending}")}
        assert here and here == {
            Path(name).name for name in names if name.startswith(f"migkit/_resources/{folder}/") and name.endswith(ending)
        }


def test_outside_the_checkout_a_workspace_is_made_and_its_notebooks_are_laid_out(wheel, tmp_path):
    """`generate`, `init` and `lab` run from the unpacked wheel alone; the notebooks that they lay out are the wheel's."""
    packed = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(packed)

    def run(*arguments: str) -> str:
        return migkit(sys.executable, tmp_path, *arguments, PYTHONPATH=str(packed))

    run("generate", "practice", "--patients", "20")
    run("init", "acme", "--export", "practice/export", "--target", "http://127.0.0.1:1")
    said = run("lab", "acme", "--only-files")

    assert str(tmp_path / "acme" / "notebooks") in said
    assert f"{ROOT}/" not in said
    of_none = {"00_start.ipynb", "95_fleet.ipynb"}  # what makes a workspace, and what looks at many, belong to none
    steps = {path.name for path in (ROOT / "notebooks").glob("*.ipynb")} - of_none
    assert {path.name for path in (tmp_path / "acme" / "notebooks").glob("*.ipynb")} == steps


@pytest.mark.parametrize(
    ("command", "code"), [(("generate", "made-up"), 2), (("sandbox", "--port", "0"), 2), (("status", "nowhere"), 2), (("--version",), 0)]
)
def test_without_the_extra_only_the_sandbox_and_the_made_up_practices_are_missed(command, code, tmp_path):
    """Commands of a real move run without `migkit[demo]`; the others say in one sentence what to install."""
    blocked = "import sys; from migkit.cli import DEMO, main; sys.modules.update(dict.fromkeys(DEMO)); main()"
    done = subprocess.run([sys.executable, "-c", blocked, *command], cwd=tmp_path, capture_output=True, text=True, check=False)

    assert done.returncode == code and "Traceback" not in done.stderr
    assert ("migkit[demo]" in done.stderr) is (command[0] in ("generate", "sandbox"))
    assert len(done.stderr.splitlines()) <= 1


@pytest.mark.long
def test_in_a_fresh_environment_the_demo_runs(wheel, tmp_path):
    """`pip install migkit-….whl` into an empty environment, then `migkit demo` from an empty folder: everything arrives."""
    venv.create(tmp_path / "env", with_pip=False)
    python = tmp_path / "env" / "bin" / "python"
    pins = ["--constraints", str(ROOT / "constraints.txt")]
    subprocess.run(
        [Path(sys.executable).with_name("uv"), "pip", "install", "--quiet", "--python", python, *pins, f"{wheel}[demo]"], check=True
    )

    said = migkit(python, tmp_path, "demo", "--patients", "20")

    assert " 0 differing" in said
    assert f"{ROOT}/" not in said and ".venv" not in said
