"""The process that does one thing with one file and ends. It holds no key and no setting, and writes nothing to a disk."""

from __future__ import annotations

from app.workers.confine import bound_memory, die_after, end_group, private_streams

_MOST_BYTES = 1 << 30
_GRACE = 15.0


def main() -> None:
    """Take a task, answer, end."""
    from app.workers.file_work import FileAnswer, decode_file_task, done_here
    from app.workers.frames import encode, framed, read_body

    incoming, outgoing = private_streams()
    body = read_body(incoming, _MOST_BYTES)
    data = read_body(incoming, _MOST_BYTES)
    if body is None or data is None:
        end_group()
        return
    task = decode_file_task(body)
    die_after(task.limits.seconds_per_file + _GRACE)
    bound_memory(task.limits.memory_bytes)
    result = done_here(task, data)
    if isinstance(result, FileAnswer):
        outgoing.write(encode(result))
    else:
        said, made = result
        outgoing.write(encode(FileAnswer(said=said)))
        outgoing.write(framed(made))
    outgoing.flush()
    end_group()


if __name__ == "__main__":
    main()
