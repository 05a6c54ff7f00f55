package dev.courant.prose;

import java.nio.file.Path;

/** A sentence that breaks a rule. */
record Offence(ProseRule rule, Path file, int line, String text) {

    @Override
    public String toString() {
        return file + ":" + line + ": " + rule.name() + ": " + text;
    }
}
