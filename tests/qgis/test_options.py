"""The options page: trying a backend and making one, with real interpreters and a real pip."""

from __future__ import annotations

import configparser
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from qgis.core import Qgis, QgsApplication, QgsNetworkAccessManager, QgsSettings
from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtNetwork import QNetworkProxy, QSslCertificate, QSslConfiguration
from qgis.PyQt.QtWidgets import QApplication, QFileDialog, QMessageBox

WAIT_MS = 300_000
BASE = "/usr/bin/python3"


@pytest.fixture
def version(zip_path) -> str:
    parsed = configparser.ConfigParser()
    parsed.read(zip_path.parent / "rs_sr_qgis" / "metadata.txt", encoding="utf-8")
    return parsed["general"]["version"]


@pytest.fixture
def profile(provider, monkeypatch, tmp_path) -> Path:
    """A profile with nothing set up."""
    from rs_sr_qgis import settings

    folder = tmp_path / "profile" / "rs sr"
    monkeypatch.setattr(settings, "folder", lambda: folder)
    monkeypatch.delenv("RS_SR_PYTHON")
    QgsSettings().remove("rs_sr")
    yield folder
    QgsSettings().remove("rs_sr")


@pytest.fixture
def set_up(profile, qtbot):
    from rs_sr_qgis.set_up import SetUp

    set_up = SetUp()
    yield set_up
    set_up.cancel()
    qtbot.waitUntil(lambda: not set_up.running, timeout=WAIT_MS)


@pytest.fixture
def opened(set_up, qgis_parent, qtbot):
    """Opens the page, as often as it is called; the last one goes at the end."""
    from rs_sr_qgis.gui.options import OptionsPage

    pages = []

    def open_page() -> OptionsPage:
        for page in pages:
            page.deleteLater()
        QApplication.processEvents()
        pages[:] = [OptionsPage(set_up)]
        pages[0].resize(700, 600)
        pages[0].show()
        return pages[0]

    yield open_page
    for page in pages:
        page.stop()
        qtbot.waitUntil(lambda page=page: page.make.isEnabled(), timeout=WAIT_MS)
        page.deleteLater()


@pytest.fixture
def page(opened):
    return opened()


def ended(page, qtbot) -> str:
    qtbot.waitUntil(lambda: page.make.isEnabled(), timeout=WAIT_MS)
    return page.state.text()


def yes() -> None:
    """Press Yes once the question is there."""
    box = QApplication.activeModalWidget()
    if isinstance(box, QMessageBox):
        box.button(QMessageBox.StandardButton.Yes).click()
    else:
        QTimer.singleShot(20, yes)


@pytest.fixture
def quick(tools, tmp_path) -> str:
    """A base whose environments have the pip of these tests instead of a copy, which takes most of the time."""
    import pip

    shell = (
        f'[ "$2" = venv ] || exec {BASE} "$@"',
        f'{BASE} -m venv --without-pip "$3" || exit 1',
        f'cd "$3"/lib/python3.*/site-packages && echo {Path(pip.__file__).parents[1]} > pip.pth',
    )
    return tools.script(tmp_path / "quick", *shell)


def install(page, qtbot, source, base: str = BASE) -> str:
    """Set up from a source, as a user does."""
    page.base.setEditText(base)
    page.source.setText(str(source))
    QTimer.singleShot(20, yes)
    qtbot.mouseClick(page.make, Qt.MouseButton.LeftButton)
    return ended(page, qtbot)


@pytest.fixture
def working(page, qtbot, tools, tmp_path, version, profile, quick) -> Path:
    """The interpreter of a backend that was set up."""
    tools.wheels.make(tmp_path / "wheels", version)
    text = install(page, qtbot, tmp_path / "wheels", quick)
    assert text.startswith(f"Good: rs-sr {version} works, 1 models"), page.log.toPlainText()
    return profile / "venv" / "bin" / "python"


def test_a_backend_is_tried_and_its_models_are_known(page, qtbot, tools):
    from rs_sr_qgis import models, settings

    assert page.state.text() == "Not set up yet."
    qtbot.mouseClick(page.test, Qt.MouseButton.LeftButton)
    assert page.state.text().startswith("Trouble: there is no backend yet. Choose a Python that has rs-sr")
    page.python.setFilePath(tools.BACKEND)
    qtbot.mouseClick(page.test, Qt.MouseButton.LeftButton)
    assert page.cancel.isEnabled() and not page.test.isEnabled()
    text = ended(page, qtbot)
    assert text.startswith("Good: rs-sr 0.") and "runs on" in text
    assert "torch: " in page.log.toPlainText()
    assert settings.python() == tools.BACKEND
    assert {"nearest", "bicubic", "lanczos"} <= {m["name"] for m in models.known(settings.folder())}


def test_one_that_is_none_is_told(page, qtbot):
    page.python.setFilePath(BASE)
    page.test.click()
    assert "rs-sr is not installed in the Python that is set for it" in ended(page, qtbot)
    page.python.setFilePath("/no/such/python")
    page.test.click()
    assert "there is no /no/such/python. Choose another." in ended(page, qtbot)


def test_nothing_is_installed_by_name_from_the_public_index(page, set_up, qtbot):
    page.source.setText("")
    qtbot.mouseClick(page.make, Qt.MouseButton.LeftButton)
    assert page.state.text() == (
        "Trouble: rs-sr is in no public package index. Choose a folder of wheels, a wheel or a clone."
    )
    assert not set_up.running and not set_up.lines


@pytest.mark.parametrize("which", ["Folder of wheels, or clone...", "Wheel..."])
def test_a_folder_or_a_wheel_is_chosen(page, monkeypatch, which):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *words: "/the/wheels")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *words: ("/the/wheels/rs_sr-1.whl", ""))
    (action,) = [a for a in page.choose.menu().actions() if a.text() == which]
    action.trigger()
    assert page.source.text() == ("/the/wheels" if "Folder" in which else "/the/wheels/rs_sr-1.whl")


@pytest.mark.parametrize("where", [".", "wheels"])
def test_wheels_that_came_with_the_zip_are_offered(opened, tools, tmp_path, version, where):
    """Beside it, or in a folder beside it: QGIS knows where the zip was."""
    QgsSettings().setValue("app/plugin_installer/lastZipDirectory", str(tmp_path))
    tools.wheels.make(tmp_path / "old", "0.0.1")
    wheel = tools.wheels.make(tmp_path / where, version)
    assert opened().source.text() == "", "a wheel alone, which needs others"
    (tmp_path / "old" / "torch-1.whl").touch()
    wheel.with_name("torch-1.whl").touch()
    assert opened().source.text() == str(wheel.parent)
    QgsSettings().setValue("rs_sr/source", "/mine")
    assert opened().source.text() == "/mine"
    QgsSettings().remove("app/plugin_installer")


def test_a_set_up_makes_an_environment_that_works_and_the_dock_offers_its_models(
    page, dock, qtbot, tools, tmp_path, version, profile
):
    from rs_sr_qgis import settings

    dock.form.show_known()
    tools.wheels.make(tmp_path / "wheels", version)
    assert install(page, qtbot, tmp_path / "wheels").startswith("Good: "), page.log.toPlainText()
    python = profile / "venv" / "bin" / "python"
    assert settings.python() == str(python)
    done = subprocess.run([str(python), "-m", "pip", "--version"], capture_output=True, text=True)
    assert done.returncode == 0 and str(python.parents[1]) in done.stdout
    assert dock.form.model.findData("wheel_x2") < 0
    dock.question.ask()  # as it does when the dialog closes
    qtbot.waitUntil(lambda: not dock.question.open, timeout=WAIT_MS)
    assert dock.form.model.findData("wheel_x2") > 0


def test_what_fails_or_is_cancelled_leaves_the_working_environment(
    working, page, qtbot, tools, tmp_path, version, quick
):
    """H4: a set-up over a working backend deleted it first."""
    from rs_sr_qgis import settings

    before = working.parents[1] / "pyvenv.cfg"
    kept = before.read_bytes(), before.stat().st_mtime_ns
    bad = tmp_path / "bad"
    bad.mkdir()
    assert (
        "Installing rs-sr: rs-sr" in install(page, qtbot, bad, quick)
        and "Check what rs-sr is installed from" in page.state.text()
    )
    (bad / f"rs_sr-{version}-py3-none-any.whl").write_bytes(b"PK\x03\x04 no wheel")
    assert "a wheel is damaged" in install(page, qtbot, bad, quick), page.log.toPlainText()
    tools.wheels.make(bad, version, "import sys; sys.exit('broken')")
    assert "ended in the middle of its work" in install(page, qtbot, bad, quick)
    full = """[ "$2" = venv ] && { mkdir -p "$3/lib"; echo "OSError: [Errno 28] No space left on device"; exit 1; }"""
    page.base.setEditText(tools.script(tmp_path / "full", full, f'exec {BASE} "$@"'))
    page.set_up()
    assert "Making the environment: the disk is full" in ended(page, qtbot)
    assert settings.environments() == [working.parents[1]] and settings.python() == str(working)
    assert sorted(p.name for p in settings.folder().glob("venv*")) == ["venv"]
    assert (before.read_bytes(), before.stat().st_mtime_ns) == kept
    assert subprocess.run([str(working), "-c", "import rs_sr"]).returncode == 0


@pytest.mark.parametrize("moment", ["== Making the environment", "== Installing rs-sr", "== Trying it"])
def test_a_cancelled_set_up_leaves_the_working_environment(working, page, set_up, qtbot, tmp_path, moment, quick):
    from rs_sr_qgis import settings

    set_up.line.connect(lambda line: page.cancel.click() if line == moment else None)
    text = install(page, qtbot, tmp_path / "wheels", quick)
    assert "Cancelled; what was there before is as it was." in text
    assert [p.name for p in settings.folder().glob("venv*")] == ["venv"] and settings.python() == str(working)


def test_what_a_cancelled_command_has_started_is_ended_too_and_nothing_is_left(page, set_up, qtbot, tools, tmp_path):
    """It wrote on into the folder that was being removed."""
    from rs_sr_qgis import settings

    goes_on = 'mkdir -p "$3"; { while mkdir -p "$3/lib"; do :; done; } & echo "it runs as $!"; wait'
    base = tools.script(tmp_path / "base", f'[ "$2" = venv ] && {{ {goes_on}; }}', f'exec {BASE} "$@"')
    set_up.line.connect(lambda line: page.cancel.click() if line.startswith("it runs as") else None)
    assert "Cancelled" in install(page, qtbot, tmp_path, base)
    (line,) = [line for line in set_up.lines if line.startswith("it runs as")]
    state = Path(f"/proc/{line.split()[-1]}/stat")
    assert not state.exists() or ") Z" in state.read_text()
    assert not list(settings.folder().glob("venv*"))


def works(python: str) -> bool:
    return subprocess.run([python, "-c", "import rs_sr"]).returncode == 0


def test_whenever_a_set_up_is_cancelled_one_environment_is_there_and_works(
    working, page, set_up, qtbot, tmp_path, quick
):
    """At ten moments: at once, and with each line of the log; too late once the new one has been tried."""
    from rs_sr_qgis import settings

    heard, at = [], [-1]
    set_up.line.connect(heard.append)
    set_up.line.connect(lambda line: page.cancel.click() if len(heard) == at[0] else None)
    for moment in range(10):
        heard.clear()
        at[0] = moment
        before = settings.python()
        page.base.setEditText(quick)
        page.source.setText(str(tmp_path / "wheels"))
        page.set_up()
        if moment == 0:
            qtbot.mouseClick(page.cancel, Qt.MouseButton.LeftButton)
        text = ended(page, qtbot)
        assert text.startswith("Good:") or "Cancelled; what was there before is as it was." in text
        assert (settings.python() == before) == ("Cancelled" in text)
        assert len(settings.environments()) == 1 and works(settings.python()), moment
    at[0] = -1
    assert install(page, qtbot, tmp_path / "wheels", quick).startswith("Good:")
    assert list(settings.folder().glob("venv*")) == settings.environments(), "no half ones are left"


@pytest.fixture
def small_disk(profile):
    """The profile on a disk of its own, of 40 MB."""
    profile.mkdir(parents=True)
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", str(profile)], capture_output=True)
    if made.returncode:
        pytest.skip("no disk can be made here")
    yield profile
    subprocess.run(["umount", "-l", str(profile)], check=True)


def test_a_disk_that_fills_up_leaves_the_working_environment(
    small_disk, working, page, qtbot, tmp_path, tools, version, quick, monkeypatch
):
    from rs_sr_qgis import backend, settings

    monkeypatch.setattr(backend, "disk_needed", lambda source: 0)  # which would have told of it before
    large = tools.wheels.make(tmp_path / "large", version)
    with zipfile.ZipFile(large, "a") as wheel:
        wheel.writestr("rs_sr/weights.bin", b"0" * 60_000_000, zipfile.ZIP_DEFLATED)
    text = install(page, qtbot, tmp_path / "large", quick)
    assert "the disk is full. Make room and try again." in text, page.log.toPlainText()
    assert [p.name for p in settings.folder().glob("venv*")] == ["venv"] and settings.python() == str(working)
    assert works(str(working))
    assert install(page, qtbot, tmp_path / "wheels", quick).startswith("Good:"), "there is room again"


def test_a_new_environment_takes_the_place_of_the_old_one_when_it_works(working, page, qtbot, tmp_path, quick):
    from rs_sr_qgis import settings

    assert install(page, qtbot, tmp_path / "wheels", quick).startswith("Good:")
    assert [p.name for p in settings.folder().glob("venv*")] == ["venv-2"]
    assert settings.python() == str(settings.folder() / "venv-2" / "bin" / "python") and not working.exists()


def test_a_page_that_opens_again_shows_the_set_up_which_runs_once(opened, set_up, qtbot, tools, tmp_path, profile):
    first = opened()
    first.base.setEditText(tools.script(tmp_path / "slow", "exec sleep 600"))
    first.source.setText(str(tmp_path))
    first.set_up()
    tasks = QgsApplication.taskManager().countActiveTasks()
    again = opened()
    assert again.state.text() == "Setting up ..." and again.cancel.isEnabled() and not again.make.isEnabled()
    set_up.start(BASE, str(tmp_path), "")
    assert QgsApplication.taskManager().countActiveTasks() == tasks == 1
    qtbot.mouseClick(again.cancel, Qt.MouseButton.LeftButton)
    assert "Cancelled" in ended(again, qtbot)
    assert "Cancelled" not in opened().state.text(), "a new page says what is there now"


def test_two_programs_do_not_set_up_at_once(page, qtbot, profile, tmp_path, tools):
    """Another QGIS on the same profile holds the lock; one that was killed holds it no more."""
    profile.mkdir(parents=True)
    code = (
        "import sys, time; from qgis.PyQt.QtCore import QLockFile; lock = QLockFile(sys.argv[1])\n"
        "lock.setStaleLockTime(0); print(lock.tryLock(0), flush=True); time.sleep(600)"
    )
    other = subprocess.Popen([BASE, "-c", code, str(profile / "set-up.lock")], stdout=subprocess.PIPE, text=True)
    assert other.stdout.readline() == "True\n"
    (profile / "venv-3").mkdir()
    page.source.setText(str(tmp_path))
    page.set_up()
    assert "Another QGIS is setting up the backend. Wait until it is done." in ended(page, qtbot)
    assert (profile / "venv-3").is_dir(), "the other's half environment"
    other.kill()
    other.wait()
    page.base.setEditText("/no/such/python")
    page.set_up()
    assert "/no/such/python cannot be started" in ended(page, qtbot) and not (profile / "venv-3").exists()


def test_what_failed_can_be_copied_without_passwords(page, qtbot, profile, tmp_path):
    page.extra.setText("--index-url https://me:word@index.example/simple")
    page.base.setEditText("/no/such/python")
    page.source.setText(str(tmp_path))
    page.set_up()
    ended(page, qtbot)
    qtbot.mouseClick(page.copy, Qt.MouseButton.LeftButton)
    said = QApplication.clipboard().text()
    assert f"QGIS: {Qgis.QGIS_VERSION}" in said and "/no/such/python cannot be started" in said
    assert "***@index.example" in said and "word" not in said.replace("passwords", "")


def test_too_small_a_disk_is_told_before(page, monkeypatch, tmp_path):
    from rs_sr_qgis import backend

    monkeypatch.setattr(backend, "disk_free", lambda folder: 5_000_000)
    page.source.setText(str(tmp_path))
    page.make.click()
    assert (
        page.state.text().startswith("Trouble: An environment is made in ") and "5.0 MB are free" in page.state.text()
    )
    assert QgsApplication.taskManager().countActiveTasks() == 0


@pytest.fixture
def index(tmp_path, tools, version):
    """The address of a package index with rs-sr behind TLS, and the certificate of its own authority."""
    tools.wheels.make(tmp_path / "index" / "simple" / "rs-sr", version)
    key, pem = tmp_path / "key.pem", tmp_path / "authority.pem"
    words = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost"
    subprocess.run(["openssl", *words.split(), "-keyout", key, "-out", pem], check=True, capture_output=True)
    code = (
        "import functools, http.server, ssl, sys\n"
        "handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=sys.argv[3])\n"
        "server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), handler)\n"
        "context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER); context.load_cert_chain(sys.argv[1], sys.argv[2])\n"
        "server.socket = context.wrap_socket(server.socket, server_side=True)\n"
        "print(server.server_address[1], flush=True); server.serve_forever()\n"
    )
    command = [sys.executable, "-c", code, pem, key, tmp_path / "index"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    yield f"https://localhost:{server.stdout.readline().strip()}/simple", pem
    server.kill()
    server.wait()


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
def test_an_index_whose_authority_qgis_trusts_is_used(page, qtbot, index, monkeypatch, profile, quick):
    from rs_sr_qgis import network

    address, pem = index
    monkeypatch.setattr(network, "_certificates", lambda: b"")
    page.extra.setText(f"--index-url {address} --retries 0")
    assert "the index's certificate is not trusted" in install(page, qtbot, "", quick)
    monkeypatch.setattr(network, "_certificates", pem.read_bytes)
    assert install(page, qtbot, "", quick).startswith("Good: rs-sr"), page.log.toPlainText()
    assert "Again, with the certificates that QGIS trusts" in page.log.toPlainText()
    monkeypatch.setattr(network, "_certificates", lambda: b"")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(pem))
    assert install(page, qtbot, "", quick).startswith("Good: rs-sr") and "Again" not in page.log.toPlainText()


@pytest.fixture
def company(tmp_path, tools, version):
    """A company's proxy that looks into TLS, set in QGIS; the address of an index, and the company's authority."""
    tools.wheels.make(tmp_path / "index" / "simple" / "rs-sr", version)
    key, request, pem, chain = (tmp_path / n for n in ("key.pem", "request.pem", "authority.pem", "chain.pem"))
    (tmp_path / "names").write_text("subjectAltName=DNS:index.example")
    for words in (
        f"req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=Company -keyout {tmp_path}/ca.pem -out {pem}",
        f"req -newkey rsa:2048 -nodes -subj /CN=index.example -keyout {key} -out {request}",
        f"x509 -req -in {request} -CA {pem} -CAkey {tmp_path}/ca.pem -CAcreateserial -days 2 "
        f"-extfile {tmp_path}/names -out {chain}",
    ):
        subprocess.run(["openssl", *words.split()], check=True, capture_output=True)
    code = Path(__file__).with_name("inspecting_proxy.py")
    proxy = subprocess.Popen(
        [sys.executable, code, chain, key, tmp_path / "index"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        text=True,
    )  # fmt: skip
    network = QgsNetworkAccessManager.instance()
    before = network.fallbackProxy()
    port = int(proxy.stdout.readline())
    network.setFallbackProxyAndExcludes(QNetworkProxy(QNetworkProxy.ProxyType.HttpProxy, "127.0.0.1", port), [], [])
    yield "https://index.example/simple", pem
    network.setFallbackProxyAndExcludes(before, [], [])
    proxy.kill()
    proxy.wait()


@pytest.fixture
def trusting(company):
    """QGIS trusts the company's authority, as its own dialog has it."""
    manager = QgsApplication.authManager()
    if manager.isDisabled() or not manager.setMasterPassword("word", True):
        pytest.skip("QGIS keeps no certificates here")
    (authority,) = QSslCertificate.fromPath(str(company[1]))
    assert manager.storeCertAuthority(authority) and manager.initSslCaches()
    yield
    assert manager.removeCertAuthority(authority) and manager.initSslCaches()


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
def test_behind_a_proxy_that_nobody_trusts_the_line_says_what_to_add(company, page, qtbot, quick, working):
    from rs_sr_qgis import settings

    page.extra.setText(f"--index-url {company[0]} --retries 0")
    text = install(page, qtbot, "", quick)
    assert "the index's certificate is not trusted. Add its authority to QGIS's" in text, page.log.toPlainText()
    assert settings.python() == str(working) and works(str(working))


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
@pytest.mark.parametrize("way", ["QGIS", "REQUESTS_CA_BUNDLE", "PIP_CERT", "--cert"])
def test_a_proxy_with_its_own_authority_is_passed(request, company, page, qtbot, monkeypatch, quick, way):
    address, pem = company
    extra = f"--index-url {address} --retries 0"
    if way == "QGIS":
        request.getfixturevalue("trusting")
    elif way in ("REQUESTS_CA_BUNDLE", "PIP_CERT"):
        for other in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):  # which pip asks before its own
            monkeypatch.delenv(other, raising=False)
        monkeypatch.setenv(way, str(pem))
    else:  # which pip itself would not ask, with another named by a variable
        other = QSslConfiguration.systemCaCertificates()[0]
        (pem.parent / "other.pem").write_bytes(bytes(other.toPem()))
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(pem.parent / "other.pem"))
        extra += f" --cert {pem}"
    page.extra.setText(extra)
    assert install(page, qtbot, "", quick).startswith("Good: rs-sr"), page.log.toPlainText()
    assert ("Again, with the certificates that QGIS trusts" in page.log.toPlainText()) == (way == "QGIS")


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
def test_what_the_backend_fetches_by_itself_trusts_them_too(index, monkeypatch, profile, tmp_path):
    from rs_sr_qgis import network

    address, pem = index
    monkeypatch.setenv("no_proxy", "localhost")
    fetch = ["-c", f"import urllib.request; print(len(urllib.request.urlopen('{address}/').read()))"]
    for trusted, code in ((b"", 1), (pem.read_bytes(), 0)):
        monkeypatch.setattr(network, "_certificates", lambda trusted=trusted: trusted)
        assert network.Network().call(BASE, fetch, tmp_path)[0] == code


def test_the_certificates_that_qgis_trusts_are_found_or_else_the_systems(profile, monkeypatch):
    from rs_sr_qgis import network

    system = QSslConfiguration.systemCaCertificates()
    manager = QgsApplication.authManager()
    for disabled in (True, manager.isDisabled()):
        with monkeypatch.context() as patch:
            patch.setattr(type(manager), "isDisabled", lambda self, disabled=disabled: disabled)
            assert network._certificates().count(b"BEGIN CERTIFICATE") >= min(1, len(system))
