"""How much memory a process has resident (Linux: VmRSS of /proc/<pid>/status, proc_pid_status(5))."""

from pathlib import Path

STATUS = "/proc/{}/status"


def resident_bytes(pid: int | str = "self") -> int:
    """The resident set of a process, in bytes. Raises OSError where there is no such process, or no /proc."""
    for line in Path(STATUS.format(pid)).read_text(encoding="ascii", errors="replace").splitlines():
        name, _, value = line.partition(":")
        if name == "VmRSS":
            return int(value.split()[0]) * 1024
    raise ProcessLookupError(pid)
