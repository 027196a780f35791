<?php

function working_days(DateTimeImmutable $from, DateTimeImmutable $to, array $holidays): int
{
    $count = 0;
    for ($day = $from; $day <= $to; $day = $day->modify('+1 day')) {
        $weekend = (int) $day->format('N') > 5;
        if (!$weekend && !in_array($day->format('Y-m-d'), $holidays, true)) {
            $count++;
        }
    }
    return $count;
}
