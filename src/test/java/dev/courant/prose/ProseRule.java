package dev.courant.prose;

import dev.courant.prose.Passage.Kind;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A habit that is not wanted.
 *
 * @param pattern what an offending sentence contains
 * @param firstOnly whether only the first sentence of a passage is checked
 * @param instead what to write
 */
record ProseRule(String name, Set<Kind> kinds, boolean firstOnly, Pattern pattern, String reason, String instead) {

    List<Offence> offences(Passage passage) {
        if (!kinds.contains(passage.kind())) {
            return List.of();
        }
        return passage.sentences().stream()
                .filter(sentence -> sentence.isFirst() || !firstOnly)
                .filter(sentence -> pattern.matcher(sentence.text()).find())
                .map(sentence -> new Offence(this, passage.file(), sentence.line(), sentence.text()))
                .toList();
    }
}
