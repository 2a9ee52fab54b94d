#!/usr/bin/env bash
# The steps of the action. What is checked out in the working folder is not trusted: nothing of it is run, no setting of
# it is read, and no name of a file in it is taken for an option.
#
#   validate.sh build       builds the validator in the action's own repository
#   validate.sh validate    validates the documents of the working folder
set -euo pipefail

root=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/../../.." && pwd -P)
# A folder of its own, whatever the job's variables say.
target=$root/target/action

fail() {
  printf 'error: %s\n' "$1" >&2
  exit 2
}

build() {
  # cargo and rustup take settings from the folders above the current one, and from variables.
  cd -- "$root"
  local name
  for name in $(compgen -e); do
    case $name in
      CARGO_HOME | CARGO_HTTP_* | CARGO_NET_*) ;;
      CARGO | CARGO_* | RUSTC | RUSTC_* | RUSTDOC | RUSTDOCFLAGS | RUSTFLAGS | RUSTUP_TOOLCHAIN) unset -v "$name" ;;
    esac
  done
  cargo build --release --locked --package xtask --target-dir "$target"
}

# The files that a line of the input names: a path, or a pattern. They go to `documents`.
add_documents() {
  local line=${1%$'\r'} IFS= file
  [[ -n ${line//[[:space:]]/} ]] || return 0
  # Without a separator, a pattern is expanded and nothing is split.
  local files=($line)
  if [[ -e $line || -L $line ]]; then
    files=("$line")
  fi
  [[ ${#files[@]} -gt 0 ]] || fail "no file is called or matches $(printf '%q' "$line")"
  for file in "${files[@]}"; do
    # A path and nothing else, however the file is called.
    [[ $file == /* ]] || file=./$file
    documents+=("$file")
  done
}

# Writes a file of the working folder through no link: its target would be written with the rights of the job.
write_sarif() {
  local folder base
  base=$(basename -- "$SARIF")
  folder=$(cd -P -- "$(dirname -- "$SARIF")" && pwd -P) || fail 'the folder of the input sarif is not there'
  case $folder/ in
    "$(pwd -P)"/*) ;;
    *) fail 'the input sarif is outside of the working folder' ;;
  esac
  local written status=0
  written=$(mktemp)
  # The findings decide later; here they are only written.
  "$xtask" validate --profile "$PROFILE" --format sarif -- "${documents[@]}" >"$written" || status=$?
  [[ $status -le 1 ]] || exit "$status"
  rm -f -- "$folder/$base"
  mv -- "$written" "$folder/$base"
}

validate() {
  shopt -s nullglob
  # The bash of macOS does not have it.
  shopt -s globstar 2>/dev/null || true
  xtask=$target/release/xtask
  documents=()
  local line
  while IFS= read -r line || [[ -n $line ]]; do
    add_documents "$line"
  done <<<"$DOCUMENTS"
  [[ ${#documents[@]} -gt 0 ]] || fail 'the input documents names no file'
  if [[ -n $SARIF ]]; then
    write_sarif
  fi
  local options=(--profile "$PROFILE" --format github)
  [[ -z $DENY ]] || options+=(--deny "$DENY")
  "$xtask" validate "${options[@]}" -- "${documents[@]}"
}

case ${1-} in
  build | validate) "$1" ;;
  *) fail 'build or validate?' ;;
esac
