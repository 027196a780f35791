<?php

function fill(string $template, array $values): string
{
    return preg_replace_callback(
        '/\{\{\s*(\w+)\s*\}\}/',
        function (array $match) use ($values) {
            if (!array_key_exists($match[1], $values)) {
                throw new InvalidArgumentException("no value for {$match[1]}");
            }
            return htmlspecialchars((string) $values[$match[1]]);
        },
        $template
    );
}
