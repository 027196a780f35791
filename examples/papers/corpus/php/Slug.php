<?php

final class Slug
{
    private array $taken = [];

    public function of(string $title): string
    {
        $slug = trim(preg_replace('/[^a-z0-9]+/', '-', strtolower($title)), '-');
        $slug = $slug === '' ? 'untitled' : $slug;
        $number = $this->taken[$slug] ?? 0;
        $this->taken[$slug] = $number + 1;
        return $number === 0 ? $slug : $slug . '-' . $number;
    }
}
