package dev.courant.topic;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** Expands an expression with random values by the algorithm of RFC 6570, section 3.2.1 and appendix A. */
final class TemplateExpansion {

    private static final List<String> VALUES = List.of(
            "", "a", "Z9", "a b", "\u00E9", "\uD83D\uDE00x", "a/b?c", "100%", "x,y", "~._-", "k=v&w", "#", "[]!'()");

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final Random random;

    TemplateExpansion(long seed) {
        random = new Random(seed);
    }

    /** Expands an operator and variables with modifiers, for example {@code ?} and {@code a}, {@code b*}, {@code c:3}. */
    String expand(String operator, List<String> variables) {
        String first = operator.replace("+", "");
        String separator = switch (operator) {
            case ".", "/", ";", "&" -> operator;
            case "?" -> "&";
            default -> ",";
        };
        List<String> defined = new ArrayList<>();
        for (String variable : variables) {
            if (random.nextInt(4) > 0) {
                defined.add(expandOne(operator, separator, variable));
            }
        }
        return defined.isEmpty() ? "" : first + String.join(separator, defined);
    }

    private String expandOne(String operator, String separator, String variable) {
        String name = variable.replaceAll("[:*].*", "");
        boolean named = ";?&".contains(operator) && !operator.isEmpty();
        int kind = variable.contains(":") ? 0 : random.nextInt(3);
        if (kind == 0) {
            String value = value();
            int maxLength = variable.contains(":") ? Integer.parseInt(variable.replaceAll(".*:", "")) : value.length();
            int end = value.offsetByCodePoints(0, Math.min(maxLength, value.codePointCount(0, value.length())));
            String encoded = encode(value.substring(0, end), operator);
            return named ? pair(operator, name, encoded) : encoded;
        }
        List<String> items = new ArrayList<>();
        boolean exploded = variable.endsWith("*");
        for (int item = 1 + random.nextInt(3); item > 0; item--) {
            String value = encode(value(), operator);
            String key = kind == 1 ? name : encode("k" + value(), operator);
            if (exploded && named) {
                items.add(pair(operator, key, value));
            } else if (kind == 1) {
                items.add(value);
            } else {
                items.add(key + (exploded ? "=" : ",") + value);
            }
        }
        String joined = String.join(exploded ? separator : ",", items);
        return named && !exploded ? pair(operator, name, joined) : joined;
    }

    private static String pair(String operator, String name, String value) {
        return value.isEmpty() && operator.equals(";") ? name : name + "=" + value;
    }

    private String value() {
        return VALUES.get(random.nextInt(VALUES.size()));
    }

    private static String encode(String text, String operator) {
        String bare = "-._~" + (operator.equals("+") || operator.equals("#") ? ":/?#[]@!$&'()*+,;=" : "");
        StringBuilder encoded = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = octet > 0 && (Character.isLetterOrDigit(octet) || bare.indexOf(octet) >= 0);
            encoded.append(plain ? Character.toString(octet) : "%" + HEX.toHexDigits(octet));
        }
        return encoded.toString();
    }
}
