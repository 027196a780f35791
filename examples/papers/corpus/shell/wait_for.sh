#!/bin/bash
# Waits until a port takes connections.
host=$1
port=$2
limit=${3:-30}

for ((i = 0; i < limit; i++)); do
    if (exec 3<>"/dev/tcp/$host/$port") 2>/dev/null; then
        exit 0
    fi
    sleep 1
done
echo "$host:$port did not answer within $limit s" >&2
exit 1
