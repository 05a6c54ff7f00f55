package dev.courant.simulation;

import java.util.ArrayList;
import java.util.List;

/** Removes the steps that a failure does not need: halves first, then smaller parts, until no single one is left. */
final class Shrinker {

    private final Scenario scenario;
    private final Rule rule;

    Shrinker(Scenario scenario, Rule rule) {
        this.scenario = scenario;
        this.rule = rule;
    }

    /** Returns the scenario with the steps that suffice to break the rule. */
    Scenario shrink() {
        List<Step> steps = scenario.steps();
        for (int size = (steps.size() + 1) / 2; size > 0; size = size == 1 ? 0 : (size + 1) / 2) {
            steps = withoutParts(steps, size);
        }
        return scenario.withSteps(steps);
    }

    private List<Step> withoutParts(List<Step> all, int size) {
        List<Step> steps = all;
        for (int end = steps.size(); end > 0; end -= size) {
            List<Step> fewer = new ArrayList<>(steps);
            fewer.subList(Math.max(0, end - size), end).clear();
            if (isBrokenBy(fewer)) {
                steps = fewer;
            }
        }
        return steps;
    }

    private boolean isBrokenBy(List<Step> steps) {
        BrokenRuleException broken = Simulation.run(scenario.withSteps(steps), line -> {});
        return broken != null && broken.rule == rule;
    }
}
