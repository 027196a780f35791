#!/bin/sh
set -eu

source=$1
target=$2
keep=${3:-7}

stamp=$(date -u +%Y-%m-%dT%H%M%SZ)
mkdir -p "$target"
tar -czf "$target/$stamp.tar.gz.part" -C "$source" .
mv "$target/$stamp.tar.gz.part" "$target/$stamp.tar.gz"

ls -1 "$target"/*.tar.gz | sort -r | tail -n +$((keep + 1)) | while read -r old; do
    rm -- "$old"
done
