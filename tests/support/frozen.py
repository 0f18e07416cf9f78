"""The frozen program as tests run it: with a home, a keyring and a display of its own, and steps taken inside its window."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from app.storage.keychain import Keychain
from app.storage.vault import Vault
from tests.support.keyrings import MemoryKeyring
from tests.support.vaults import CHEAP, filled

__all__ = ["Frozen", "Started", "standin"]

_STANDIN = Path(__file__).resolve().parents[1] / "installer" / "standin"
_KEPT = ("PATH", "LANG", "LC_ALL", "TMPDIR")
_PATIENCE = 240.0


def standin(name: str) -> Path:
    """A script of steps that are taken inside the program."""
    return _STANDIN / f"{name}.py"


@dataclass
class Started:
    """The window's program while it runs."""

    process: subprocess.Popen[bytes]
    told: Path
    log: Path

    def result(self) -> Any:
        """What the steps came to, once they are done. Fails with what went wrong inside."""
        until = time.monotonic() + _PATIENCE
        while not self.told.exists():
            if self.process.poll() is not None and not self.told.exists():
                raise AssertionError(f"ended with {self.process.returncode}: {self.log.read_text('utf-8', 'replace')[-2000:]}")
            assert time.monotonic() < until, f"no answer: {self.log.read_text('utf-8', 'replace')[-2000:]}"
            time.sleep(0.05)
        said = json.loads(self.told.read_text("utf-8"))
        assert "error" not in said, said["error"]
        return said["done"]

    def kill(self) -> None:
        """As a power cut would, for this process."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(30)

    def end(self) -> int:
        """Wait until it has ended by itself."""
        return self.process.wait(60)


@dataclass
class Frozen:
    """The frozen program in a folder, and a home that no other program knows."""

    program: Path
    home: Path
    keyring: str = "StandIn"
    more: dict[str, str] = field(default_factory=dict)
    started: list[Started] = field(default_factory=list)

    @property
    def vault(self) -> Path:
        """Where its vault is."""
        return self.home / "förvar"

    def environment(self, **more: str) -> dict[str, str]:
        """What it is given of the environment: nothing of the tests' own Python or Qt."""
        self.home.mkdir(parents=True, exist_ok=True)
        settings = self.home / "config" / "python_keyring"
        settings.mkdir(parents=True, exist_ok=True)
        said = f"[backend]\ndefault-keyring=anbudsklar_standin.{self.keyring}\nkeyring-path={_STANDIN}\n"
        (settings / "keyringrc.cfg").write_text(said, "utf-8")
        return {
            **{name: os.environ[name] for name in _KEPT if name in os.environ},
            "LC_ALL": "C.UTF-8",
            "HOME": str(self.home),
            "XDG_CONFIG_HOME": str(self.home / "config"),
            "XDG_DATA_HOME": str(self.home / "data"),
            "ANBUDSKLAR_HOME": str(self.vault),
            "STANDIN_STORE": str(self.home / "keys.json"),
            **self.more,
            **more,
        }

    def keep(self, keyring: MemoryKeyring) -> None:
        """Its own keyring has what this one has."""
        self.home.mkdir(parents=True, exist_ok=True)
        secrets = {f"{service}/{name}": secret for (service, name), secret in keyring.secrets.items()}
        (self.home / "keys.json").write_text(json.dumps(secrets), "utf-8")

    def make_vault(self) -> Vault:
        """A vault made by the program as it stands in the project, with a tender in it."""
        keyring = MemoryKeyring()
        created = Vault.create(self.vault, keychain=Keychain(keyring), cost=CHEAP)
        created.vault.confirm_recovery(created.recovery_code)
        filled(created.vault)
        self.keep(keyring)
        return created.vault

    def run(self, *arguments: str | Path, before: Sequence[str] = (), **more: str) -> subprocess.CompletedProcess[str]:
        """The command line, to its end. `before`: what is to start it."""
        command = [*before, str(self.program), *map(str, arguments)]
        environment = self.environment(**more)
        return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=_PATIENCE, check=False)

    def start(self, steps: str, *arguments: str | Path, before: Sequence[str] = (), **more: str) -> Started:
        """The window, without a screen, with steps taken inside it. `before`: what is to start it."""
        told = self.home / f"{steps}.json"
        log = self.home / f"{steps}.log"
        environment = self.environment(
            QT_QPA_PLATFORM=more.pop("QT_QPA_PLATFORM", "offscreen"),
            STANDIN_DRIVE=str(standin(steps)),
            STANDIN_TOLD=str(told),
            **more,
        )
        told.unlink(missing_ok=True)
        with log.open("wb") as stream:
            process = subprocess.Popen(
                [*before, str(self.program), *map(str, arguments)], env=environment, stdout=stream, stderr=stream, cwd=self.home
            )
        self.started.append(Started(process, told, log))
        return self.started[-1]

    def close(self) -> None:
        """End what is still running, process by process."""
        for one in self.started:
            if one.process.poll() is None:
                one.kill()
        for left in self.running():
            with suppress(ProcessLookupError):
                os.kill(left, signal.SIGKILL)

    def running(self) -> list[int]:
        """Processes of this program: itself and its children."""
        found = []
        for process in psutil.process_iter():
            with suppress(psutil.Error):
                if process.exe() == str(self.program.resolve()) and process.pid != os.getpid() and sys.platform == "linux":
                    found.append(process.pid)
        return found
