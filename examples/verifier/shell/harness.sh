#!/bin/sh
# The first ten minutes of a harness (conformance/harness.md): POSIX shell, jq and sha256sum, two operations.
#   agent-run-conformance verifier --only vectors/hash/digest --only vectors/hash/pae -- sh harness.sh
set -eu

# Bytes from hexadecimal digits, by way of the octal escapes that every printf knows.
bytes() {
  # shellcheck disable=SC2059 # the escapes are the format
  printf "$(jq -nr --arg hex "$1" '
    def digit: if . > 96 then . - 87 else . - 48 end;
    [$hex | scan("..") | explode | map(digit) | .[0] * 16 + .[1]
      | "\\\(. / 64 | floor)\(. / 8 % 8 | floor)\(. % 8)"] | add // ""')"
}

length() { printf '%s' "$1" | wc -c | tr -d ' '; }

# PAE(type, body) = "DSSEv1 " + length(type) + " " + type + " " + length(body) + " " + body
pae() {
  printf 'DSSEv1 %s %s %s ' "$(length "$1")" "$1" "$((${#2} / 2))"
  bytes "$2"
}

while IFS= read -r line; do
  member() { printf '%s' "$line" | jq -r "$1"; }
  case $(member .op) in
    describe)
      result='{"harness":1,"name":"agent-run in shell","version":"1.0.0","level":"sealed","ops":["hash/digest","hash/pae"]}'
      ;;
    hash/digest) result="\"sha256:$(bytes "$(member .input.input_hex)" | sha256sum | cut -d ' ' -f 1)\"" ;;
    hash/pae) result="\"$(pae "$(member .input.type)" "$(member .input.body_hex)" | od -An -v -tx1 | tr -d ' \n')\"" ;;
    *)
      printf '{"id":%s,"unsupported":true}\n' "$(member .id)"
      continue
      ;;
  esac
  printf '{"id":%s,"result":%s}\n' "$(member .id)" "$result"
done
