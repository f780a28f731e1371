"""Secrets of known shapes, and members that are called like secrets.

A net, not a proof: what has no known shape or name stays. ``@agent-run/sdk`` knows more shapes, above all of command
lines; these are the ones that are worth most.
"""

import re
from typing import Dict, List, Optional, Pattern, Tuple

_VALUE = r"(?!\[redacted:)"
_BARE = r"""[^\s"'\\,;&<>(){}\[\]$`|]"""
_QUOTE = r"""(?:\\?["'])?"""
_TOKEN_NAME = (
    "(?:api_?key|access_?key|secret_?key|private_?key|signing_?key|(?:auth|access|refresh|session|id)_?token|token|secret"
    "|credentials?)"
)

# What stands behind "password:" in types, code and prose.
_NO_PASSWORD = (
    "string|str|text|varchar|char|number|bool|boolean|bytes|any|unknown|null|nil|none|undefined|true|false|required|optional"
    "|missing|must|should|is|was|not|the|your|for|and|or|process|os|env|config|settings|self|this|req|request|input|args"
    "|params|options"
)


def _shape(kind: str, pattern: str, flags: int = 0) -> Tuple[str, Pattern[str], str]:
    compiled = re.compile(pattern, flags)
    keep = r"\1" if compiled.groups else ""
    return kind, compiled, f"{keep}[redacted:{kind}]"


# Every quantifier is bounded, so time grows with the length of the text. What contains other secrets comes first.
_SHAPES: List[Tuple[str, Pattern[str], str]] = [
    _shape(
        "private_key",
        # Up to its end, or the next one's beginning: no character is looked at twice.
        r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?:(?!-----BEGIN )[\s\S]){0,16384}?"
        r"(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|(?=-----BEGIN )|\Z)",
    ),
    _shape(
        "url_credentials",
        r"(?<!\w)([a-z][a-z0-9+.-]{1,20}:/{1,2})[^\s/?#@:\"'<>\\]{0,256}:[^\s/?#@\"'<>\\]{1,512}(?=@)",
        re.IGNORECASE,
    ),
    _shape(
        "authorization",
        rf"(?<!\w)((?:proxy-)?authorization{_QUOTE}\s{{0,4}}[:=]\s{{0,4}}{_QUOTE}(?:(?:bearer|basic|token|digest)\s{{1,4}})?)"
        rf"{_VALUE}(?!(?:bearer|basic|token|digest)\s)[^\s\"'\\,;]{{6,2048}}",
        re.IGNORECASE,
    ),
    _shape(
        "api_key",
        rf"(?<!\w)((?:x-api-key|api-key|x-goog-api-key|private-token|x-auth-token){_QUOTE}\s{{0,4}}[:=]\s{{0,4}}{_QUOTE})"
        rf"{_VALUE}[^\s\"'\\,;]{{6,2048}}",
        re.IGNORECASE,
    ),
    _shape("bearer_token", rf"(?<!\w)(bearer\s{{1,4}}){_VALUE}[A-Za-z0-9._~+/=-]{{16,2048}}", re.IGNORECASE),
    _shape("jwt", r"(?<!\w)eyJ[A-Za-z0-9_-]{8,4096}\.eyJ[A-Za-z0-9_-]{8,8192}\.[A-Za-z0-9_-]{4,2048}"),
    _shape("anthropic_key", r"(?<!\w)sk-ant-[A-Za-z0-9_-]{16,256}"),
    _shape("openai_key", r"(?<!\w)sk-(?:proj|svcacct|admin)-[A-Za-z0-9_-]{16,256}"),
    _shape("api_key", r"(?<!\w)sk-(?:or-v1-|lf-)?[A-Za-z0-9]{20,256}(?![A-Za-z0-9-])"),
    _shape("stripe_key", r"(?<!\w)(?:(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{10,256}|whsec_[A-Za-z0-9]{16,256})"),
    _shape("github_token", r"(?<!\w)(?:gh[pousr]_[A-Za-z0-9]{20,255}|github_pat_[A-Za-z0-9_]{22,255})"),
    _shape("gitlab_token", r"(?<!\w)gl(?:pat|ptt|dt|rt|cbt|ft|soat)-[A-Za-z0-9_-]{20,255}"),
    _shape("aws_key", r"(?<!\w)(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?!\w)"),
    _shape("google_key", r"(?<!\w)AIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])"),
    _shape("google_token", r"(?<!\w)(?:ya29\.[A-Za-z0-9_-]{20,2048}|GOCSPX-[A-Za-z0-9_-]{20,64})"),
    _shape("slack_token", r"(?<!\w)(?:xox[abeoprs]-[A-Za-z0-9-]{10,255}|xapp-[A-Za-z0-9-]{10,255})"),
    _shape("slack_webhook", r"(https://hooks\.slack\.com/(?:services|workflows)/)[A-Za-z0-9/_+-]{10,255}"),
    _shape("npm_token", r"(?<!\w)npm_[A-Za-z0-9]{36}(?!\w)"),
    _shape("pypi_token", r"(?<!\w)pypi-[A-Za-z0-9_-]{32,512}"),
    _shape("huggingface_token", r"(?<!\w)hf_[A-Za-z0-9]{30,64}(?!\w)"),
    _shape("sendgrid_key", r"(?<!\w)SG\.[A-Za-z0-9_-]{16,64}\.[A-Za-z0-9_-]{16,128}"),
    _shape("telegram_token", r"(?<!\w)[0-9]{8,10}:AA[A-Za-z0-9_-]{32,36}(?!\w)"),
    _shape(
        "variable",
        r"(?<!\w)([A-Z0-9_]{0,64}(?:PASSWORD|PASSWD|SSHPASS|_PWD|SECRET|TOKEN|API_?KEY|ACCESS_KEY|SECRET_KEY"
        rf"|ACCESS_KEY_ID|PRIVATE_KEY)={_QUOTE}){_VALUE}[^\s\"'\\$`;&|<>()]{{6,2048}}",
    ),
    _shape(
        "query_parameter",
        r"([?&;](?:token|key|api_?key|access_?token|auth|sig|signature|password|pwd|secret|client_secret|code)=)"
        rf"{_VALUE}[^\s&\"'#<>\\]{{4,2048}}",
        re.IGNORECASE,
    ),
    _shape(
        "password",
        rf"(?<!\w)([\w.-]{{0,40}}?(?:password|passwd|passphrase){_QUOTE}\s{{0,4}}[:=]\s{{0,4}}\\?[\"'])"
        rf"{_VALUE}[^\"'\\\n]{{1,512}}",
        re.IGNORECASE,
    ),
    _shape(
        "password",
        rf"(?<!\w)([\w.-]{{0,40}}?(?:password|passwd|passphrase){_QUOTE}\s{{0,4}}[:=][ \t]{{0,4}}){_VALUE}"
        rf"(?!(?:{_NO_PASSWORD})\b){_BARE}{{4,256}}(?![\w.]{{0,64}}\()",
        re.IGNORECASE,
    ),
    _shape(
        "cookie",
        rf"(?<!\w)((?:set-)?cookie{_QUOTE}\s{{0,4}}:\s{{0,4}}{_QUOTE}){_VALUE}(?=[\w.-]{{1,128}}=)[^\"'\\\r\n]{{3,4096}}",
        re.IGNORECASE,
    ),
    _shape(
        "token",
        rf"(?<!\w)([\w.-]{{0,40}}?{_TOKEN_NAME}{_QUOTE}\s{{0,4}}[:=]\s{{0,4}}{_QUOTE}){_VALUE}"
        rf"(?={_BARE}{{0,256}}[0-9])(?={_BARE}{{0,256}}[A-Za-z]){_BARE}{{8,2048}}",
        re.IGNORECASE,
    ),
    _shape(
        "command_line",
        r"(\s--(?:password|passwd|pass|passphrase|token|api-key|secret|client-secret|secret-key|access-token|auth-token)"
        rf"(?:=|\s{{1,4}}){_QUOTE}){_VALUE}(?!-){_BARE}{{4,2048}}",
    ),
]

# A text without any of these, in lower case, holds nothing that a shape could match.
_SIGNS = re.compile(
    r"private key|:/|authorization|api-key|token|bearer|eyj|sk-|[srp]k_|whsec|gh[pousr]_|github_pat|gl[a-z]{2,4}-"
    r"|akia|asia|abia|acca|aiza|ya29|gocspx|xox|xapp|slack|npm_|pypi-|hf_|sg\.|:aa|pass|pwd|secret|key|credential|cookie"
    r"|auth=|sig=|signature=|code=",
    re.IGNORECASE,
)


def redact(text: str) -> str:
    """Replaces secrets of known shapes by ``[redacted:<kind>]``."""
    if _SIGNS.search(text) is None:
        return text
    for _, pattern, replacement in _SHAPES:
        text = pattern.sub(replacement, text)
    return text


_LAST_WORDS: Dict[str, str] = {
    **dict.fromkeys(("password", "passwd", "passphrase", "passcode", "pwd"), "password"),
    **dict.fromkeys(("secret", "secrets", "clientsecret", "secretkey"), "secret"),
    **dict.fromkeys(("token", "authtoken", "accesstoken", "refreshtoken", "idtoken", "sessiontoken"), "token"),
    **dict.fromkeys(("cookie", "cookies"), "cookie"),
    **dict.fromkeys(("credential", "credentials"), "credentials"),
    "apikey": "api_key",
    "authorization": "authorization",
    "privatekey": "private_key",
}
_KEY_WORDS = {
    "api": "api_key",
    "private": "private_key",
    "secret": "secret",
    "access": "secret",
    "signing": "private_key",
    "encryption": "private_key",
}


def secret_kind(name: str) -> Optional[str]:
    """What sort of secret a member or header of this name holds; ``None`` if none by its name.

    Written in any case, with any separators: ``password``, ``DB_PASSWORD``, ``clientSecret``, ``X-Api-Key``.
    """
    if len(name) > 200:
        return None
    spaced = re.sub(r"([a-z0-9])([A-Z])", r"\1 \2", name).lower()
    words = [word for word in re.split(r"[^a-z0-9]+", spaced) if word]
    if not words:
        return None
    if words[-1] in _LAST_WORDS:
        return _LAST_WORDS[words[-1]]
    return _KEY_WORDS.get(words[-2]) if len(words) > 1 and words[-1] == "key" else None
