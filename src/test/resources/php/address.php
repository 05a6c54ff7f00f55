<?php
// Prints the address that Symfony's Twig function creates, to resume topics after an event.
// php address.php <hub> <last event's id> <topic>...

declare(strict_types=1);

require 'Twig/autoload.php';
require 'Symfony/Component/Mercure/autoload.php';

use Symfony\Component\Mercure\Hub;
use Symfony\Component\Mercure\HubRegistry;
use Symfony\Component\Mercure\Jwt\StaticTokenProvider;
use Symfony\Component\Mercure\Twig\MercureExtension;

[, $hub, $last] = $argv;
$registry = new HubRegistry(new Hub($hub, new StaticTokenProvider('a.b.c')));
echo (new MercureExtension($registry))->mercure(array_slice($argv, 3), ['lastEventId' => $last]);
