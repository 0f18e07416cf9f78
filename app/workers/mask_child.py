"""The process that masks one file and ends. It holds no key and no setting; the copy is proven here, and checked in form by the
parent. Nothing is written to a disk."""

from __future__ import annotations

from app.workers.confine import bound_memory, die_after, end_group, private_streams

_MOST_BYTES = 1 << 30
_GRACE = 15.0


def main() -> None:
    """Take a task, answer, end."""
    from app.core.document import Finding
    from app.workers.frames import encode, framed, read_body
    from app.workers.mask_frames import MaskAnswer, decode_task
    from app.workers.masking import masked_here

    incoming, outgoing = private_streams()
    body = read_body(incoming, _MOST_BYTES)
    data = read_body(incoming, _MOST_BYTES)
    if body is None or data is None:
        end_group()
        return
    task = decode_task(body)
    die_after(task.limits.seconds_per_file + _GRACE)
    bound_memory(task.limits.memory_bytes)
    result = masked_here(task, data)
    if isinstance(result, Finding):
        outgoing.write(encode(MaskAnswer(error=result)))
    else:
        outgoing.write(encode(MaskAnswer(findings=result.findings, places=result.places, named=result.named)))
        outgoing.write(framed(result.data))
    outgoing.flush()
    end_group()


if __name__ == "__main__":
    main()
