#!/bin/sh
folder=${1:-.}
count=${2:-10}
find "$folder" -type f -printf '%s\t%p\n' |
    sort -rn |
    head -n "$count" |
    awk -F '\t' '{ printf "%8.1f KiB  %s\n", $1 / 1024, $2 }'
