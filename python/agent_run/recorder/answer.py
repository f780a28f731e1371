"""What the answer of a model says about itself."""

from typing import Dict, Mapping, Optional

from .usage import member_of, usage_of


def read_answer(answer: object) -> Dict[str, object]:
    """Members of a model call: what was counted, which model it was, its id, why it stopped, and what it said.

    Understands the answers of Anthropic, OpenAI, Gemini, Bedrock and Ollama, as mappings or as the objects of their clients.
    Of any other, and of a stream, nothing is known.
    """
    if isinstance(answer, str):
        return {"output": answer}
    members: Dict[str, object] = {}
    choice, candidate = _first(member_of(answer, "choices")), _first(member_of(answer, "candidates"))
    found = {
        "model": _text(member_of(answer, "model")) or _text(member_of(answer, "model_version")),
        "response_id": _text(member_of(answer, "id")) or _text(member_of(answer, "response_id")),
        "stop_reason": _text(member_of(answer, "stop_reason"))
        or _text(member_of(answer, "stopReason"))
        or _text(member_of(choice, "finish_reason"))
        or _text(member_of(answer, "done_reason")),
        "output": _text(member_of(answer, "output_text"))
        or _texts(member_of(answer, "content"))
        or _texts(member_of(choice, "message.content"))
        or _texts(member_of(candidate, "content.parts"))
        or _texts(member_of(answer, "output.message.content"))
        or _texts(member_of(answer, "message.content")),
    }
    members.update({name: value for name, value in found.items() if value is not None})
    cost = usage_of(answer)
    if cost is not None:
        members["cost"] = {**cost, "model": found["model"]} if found["model"] is not None else cost
    return members


def _text(value: object) -> Optional[str]:
    return value if isinstance(value, str) and value != "" else None


def _first(value: object) -> object:
    return value[0] if isinstance(value, (list, tuple)) and value else None


def _texts(content: object) -> Optional[str]:
    """Texts of a list of content blocks, or the text that it is."""
    if not isinstance(content, (list, tuple)):
        return _text(content)
    texts = [text for text in (_text(member_of(block, "text")) for block in content) if text is not None]
    return "\n".join(texts) or None


def is_stream(answer: object) -> bool:
    """Whether an answer comes in pieces: looking into it would use it up."""
    return not isinstance(answer, (str, bytes, Mapping, list, tuple)) and (
        hasattr(answer, "__next__") or hasattr(answer, "__anext__") or hasattr(answer, "__aiter__")
    )
