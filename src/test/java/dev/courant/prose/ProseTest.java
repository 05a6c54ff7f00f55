package dev.courant.prose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.prose.ProjectProse.Area;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds the number of offences against each rule below its budget. {@link ListProse} lists the offences. */
class ProseTest {

    private static final int MAX_LISTED = 50;

    /**
     * The number of offences that are accepted: long sentences that are clear, and quotations in the documentation. Never
     * raise a number.
     */
    private static final List<Budget> BUDGETS = List.of(
            new Budget("headless-javadoc", 0, 0, 0),
            new Budget("method-without-verb", 0, 0, 0),
            new Budget("unnamed-actor", 0, 0, 0),
            new Budget("code-speaks", 0, 0, 8),
            new Budget("quaint-words", 0, 0, 0),
            new Budget("clause-as-subject", 0, 0, 3),
            new Budget("what-for-a-noun", 0, 0, 12),
            new Budget("long-sentence", 6, 2, 0),
            new Budget("most-for-max", 0, 0, 0));

    private record Budget(String rule, int main, int tests, int docs) {

        int in(Area area) {
            return switch (area) {
                case MAIN -> main;
                case TESTS -> tests;
                case DOCS -> docs;
            };
        }
    }

    @Test
    void keepsWithinTheBudgetOfEachRule() throws IOException {
        List<String> exceeded = new ArrayList<>();
        for (Area area : Area.values()) {
            Map<String, List<Offence>> offences = area.offences().stream()
                    .collect(Collectors.groupingBy(offence -> offence.rule().name()));
            for (Budget budget : BUDGETS) {
                List<Offence> found = offences.getOrDefault(budget.rule(), List.of());
                if (found.size() > budget.in(area)) {
                    exceeded.add(report(area, budget.in(area), found));
                }
            }
        }
        assertTrue(exceeded.isEmpty(), () -> String.join("\n", exceeded));
    }

    @Test
    void hasABudgetForEachRule() {
        assertEquals(
                ProseRules.ALL.stream().map(ProseRule::name).toList(),
                BUDGETS.stream().map(Budget::rule).toList());
    }

    private static String report(Area area, int budget, List<Offence> offences) {
        ProseRule rule = offences.get(0).rule();
        Map<String, Long> packages = offences.stream()
                .collect(Collectors.groupingBy(
                        offence -> String.valueOf(offence.file().getParent()), Collectors.counting()));
        return "%s in %s: %d, at most %d are allowed. %s Write: %s.%n%s%n%s"
                .formatted(
                        rule.name(),
                        area,
                        offences.size(),
                        budget,
                        rule.reason(),
                        rule.instead(),
                        packages,
                        offences.stream()
                                .limit(MAX_LISTED)
                                .map(Offence::toString)
                                .collect(Collectors.joining("\n")));
    }
}
