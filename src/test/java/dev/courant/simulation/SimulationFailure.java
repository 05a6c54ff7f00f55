package dev.courant.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A seed that breaks a rule, with the few steps that suffice.
 *
 * @param scenario with these steps only
 */
record SimulationFailure(Scenario scenario, BrokenRuleException broken) {

    static SimulationFailure shrink(Scenario scenario, BrokenRuleException broken) {
        Scenario shrunk = new Shrinker(scenario, broken.rule).shrink();
        BrokenRuleException again = Simulation.run(shrunk, line -> {});
        return new SimulationFailure(shrunk, again == null ? broken : again);
    }

    /** Returns the property that repeats this failure. */
    String replay() {
        String steps = scenario.steps().stream()
                .map(step -> String.valueOf(step.number()))
                .collect(Collectors.joining(","));
        return "-Dsimulation.seed=" + scenario.seed() + " -Dsimulation.steps=" + steps;
    }

    /** Returns the seed, the number of steps and the rule. */
    String summary() {
        return "seed " + scenario.seed() + ", " + scenario.steps().size() + " steps: " + broken.getMessage();
    }

    /** Returns the seed, the rule and the actions of the steps. */
    String report() {
        List<String> lines = new ArrayList<>();
        Simulation.run(scenario, lines::add);
        return summary() + "\nReplay with " + replay() + "\n" + scenario + "\n" + String.join("\n", lines);
    }
}
