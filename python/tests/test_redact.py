"""Secrets are replaced, and what is none stays."""

import json

import pytest

from agent_run import Recorder
from agent_run.recorder.redact import redact, secret_kind
from tests.recorded import ended, steps_of

# Put together here, so that nobody takes them for secrets of somebody.
WORD = "a1B2c3D4e5F6g7H8i9J0"
SECRETS = [
    ("sk-" + "ant-" + WORD, "[redacted:anthropic_key]"),
    ("sk-" + "proj-" + WORD, "[redacted:openai_key]"),
    ("gh" + "p_" + WORD + WORD, "[redacted:github_token]"),
    ("glp" + "at-" + WORD, "[redacted:gitlab_token]"),
    ("AK" + "IA" + "ABCDEFGH12345678", "[redacted:aws_key]"),
    ("xox" + "b-" + WORD, "[redacted:slack_token]"),
    ("npm" + "_" + "a1B2c3" * 6, "[redacted:npm_token]"),
    ("ey" + "J0123456789.ey" + "J0123456789.abcdef", "[redacted:jwt]"),
    ("https://me:" + WORD + "@example.org/x", "https://[redacted:url_credentials]@example.org/x"),
    ("Authorization: Bearer " + WORD, "Authorization: Bearer [redacted:authorization]"),
    ('{"x-api-key": "' + WORD + '"}', '{"x-api-key": "[redacted:api_key]"}'),
    ("DB_PASSWORD=" + WORD, "DB_PASSWORD=[redacted:variable]"),
    ("/x?token=" + WORD + "&a=1", "/x?token=[redacted:query_parameter]&a=1"),
    ('"password": "' + "two words" + '"', '"password": "[redacted:password]"'),
    ("the passphrase: " + "correct-horse", "the passphrase: [redacted:password]"),
    ("Cookie: session=" + WORD, "Cookie: [redacted:cookie]"),
    ("deploy --token " + WORD, "deploy --token [redacted:command_line]"),
    (
        "-----BEGIN " + "PRIVATE KEY-----\nabc\n-----END " + "PRIVATE KEY-----\nafter",
        "[redacted:private_key]\nafter",
    ),
]
PLAIN = [
    "The token count is 17.",
    "password: string",
    "max_tokens=4096",
    "risk-free, task-oriented and desk-bound",
    "https://example.org/a?b=c#d",
    "sha256:" + "ab" * 32,
    "did:key:z6MkpQgZQDtvV45SC6rzw7TKEbBTaU9aQV8Zgb3EnowGxJtY",
    "PWD=/home/me",
]


@pytest.mark.parametrize(("text", "expected"), SECRETS, ids=[expected for _, expected in SECRETS])
def test_a_secret_is_replaced(text: str, expected: str) -> None:
    assert redact(text) == expected
    assert redact(f"before {text}").endswith(expected)
    assert redact(expected) == expected


@pytest.mark.parametrize("text", PLAIN)
def test_what_is_no_secret_stays(text: str) -> None:
    assert redact(text) == text


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("password", "password"),
        ("DB_PASSWORD", "password"),
        ("clientSecret", "secret"),
        ("X-Api-Key", "api_key"),
        ("Set-Cookie", "cookie"),
        ("input_tokens", None),
        ("keyboard", None),
        ("primary_key", None),
        ("", None),
        ("password" * 100, None),
    ],
)
def test_members_are_known_by_their_names(name: str, kind: object) -> None:
    assert secret_kind(name) == kind


@pytest.mark.parametrize(
    "piece", ["password", "a.b-", "eyJ", "://a:", "token=", "-----BEGIN PRIVATE KEY", "x-api-key: ", "--token "]
)
def test_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    # No limit of time: a pattern that explodes would not come back at all.
    text = piece * (16_384 // len(piece))
    assert isinstance(redact(text), str)


def test_previews_are_short_and_secrets_are_replaced() -> None:
    with Recorder("a", directory=None) as run:
        run.message("user", "x" * 5000)
        key = "sk-" + "ant-" + "a1" * 12
        run.message("user", f"my key is {key}, Bearer abcdefghijklmnop1234")
        run.tool_call("login", {"user": "me", "password": "hunter2", "headers": {"X-Api-Key": "k"}}, lambda **_: "ok")
    steps = steps_of(ended(run))
    assert len(steps[0]["input_preview"]) == 2000 and steps[0]["input_preview"].endswith("x…")
    assert steps[1]["input_preview"] == "my key is [redacted:anthropic_key], Bearer [redacted:bearer_token]"
    assert json.loads(steps[2]["input_preview"]) == {
        "user": "me",
        "password": "[redacted:password]",
        "headers": {"X-Api-Key": "[redacted:api_key]"},
    }


def test_previews_can_be_left_out() -> None:
    with Recorder("a", directory=None, preview_length=0) as run:
        run.tool_call("t", {"x": 1}, lambda x: x)
    assert {"input_preview", "output_preview"} & set(steps_of(ended(run))[0]) == set()
