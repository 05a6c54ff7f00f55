<?php
// Publishes with Symfony's Mercure component, and prints the response.
// php publish.php <hub> <token> <name=value of the update>...

declare(strict_types=1);

require 'Symfony/Component/Mercure/autoload.php';

use Symfony\Component\Mercure\Hub;
use Symfony\Component\Mercure\Jwt\StaticTokenProvider;
use Symfony\Component\Mercure\Update;

[, $hub, $token] = $argv;
$topics = [];
$fields = [];
foreach (array_slice($argv, 3) as $pair) {
    [$name, $value] = explode('=', $pair, 2);
    if ($name === 'topic') {
        $topics[] = $value;
    } else {
        $fields[$name] = $value;
    }
}

$update = new Update(
    $topics,
    $fields['data'] ?? '',
    isset($fields['private']),
    $fields['id'] ?? null,
    $fields['type'] ?? null,
    isset($fields['retry']) ? (int) $fields['retry'] : null,
);
echo (new Hub($hub, new StaticTokenProvider($token)))->publish($update);
