package dev.courant.prose;

import dev.courant.prose.Passage.Kind;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The habits that the project has to give up. Each rule was tried on the comments of jdbi, OkHttp and parts of the JDK
 * (72,000 sentences). It flags at most 0.3 % of those that it applies to, except for {@code method-without-verb}
 * (0.9 %) and {@code long-sentence} (2 % of jdbi and OkHttp, 7 % of the JDK), whose budget need not become 0.
 */
final class ProseRules {

    private static final Set<Kind> JAVADOC = EnumSet.of(Kind.TYPE_JAVADOC, Kind.METHOD_JAVADOC, Kind.OTHER_JAVADOC);
    private static final Set<Kind> COMMENTS =
            EnumSet.of(Kind.TYPE_JAVADOC, Kind.METHOD_JAVADOC, Kind.OTHER_JAVADOC, Kind.COMMENT);
    private static final Set<Kind> PROSE = EnumSet.complementOf(EnumSet.of(Kind.CODE));

    static final List<ProseRule> ALL = List.of(
            new ProseRule(
                    "headless-javadoc",
                    JAVADOC,
                    true,
                    Pattern.compile(
                            "^(?i:What|Whether|Of|Those|Who|Whom|Whose|Whoever|Whatever|Where|Wherever|Why|How|Which"
                                    + "|That(?! (?:is|means)\\b)|As|Has|Had|Said|Told|Asked|Than|Or|But|So|Because|Until|Nobody"
                                    + "|More|Less|Longer|Up|Nothing|Something|Everything)\\b(?!.*\\?$)"
                                    + "|^(?:If|When|Once|While|With|Without|To(?! be removed)|By|From|In|On|At|Before|After|For|About"
                                    + "|Under|Along|Below|Above|Between|Besides|Beside)\\b(?! use\\b)[^,:;]*$"),
                    "The first sentence of a Javadoc has no subject and no main verb.",
                    "\"Returns ...\" or another verb for a method, a noun phrase for a type or a field"),
            new ProseRule(
                    "method-without-verb",
                    EnumSet.of(Kind.METHOD_JAVADOC),
                    true,
                    Pattern.compile("^(?:The|A|An|One|Its|Their|It|They|Them|There|These|Some|Any|Each|Every|No|Not|All"
                            + "|Another|Both)\\b(?! (?:method|constructor|convenience|static|factory|helper|utility)\\b)"
                            + "(?!(?: [^ ,:;]+){1,4} (?:is|was|has|are|were|have|should|must|can|cannot|may|will)\\b)"),
                    "The Javadoc of a method does not begin with a verb.",
                    "\"Returns the ...\", \"Appends a ...\", \"Closes ...\""),
            new ProseRule(
                    "unnamed-actor",
                    PROSE,
                    false,
                    Pattern.compile("(?i)\\b(?:whoever|nobody|somebody|anybody|(?:those|they|he|one|all|of) who)\\b"
                            + "|(?:^|[,:;(] )who\\b(?!.*\\?$)"),
                    "The sentence does not name the actor.",
                    "client, publisher, subscriber, dispatcher, operator, server"),
            new ProseRule(
                    "code-speaks",
                    PROSE,
                    false,
                    Pattern.compile("(?i)\\b(?:told|(?:is|are|be|been|was|were|not|if|when|where) asked(?! to\\b)"
                            + "|(?:says|said|saying)(?! to\\b)|(?:must|may|can|cannot|would|they|not|to) say(?!,)"
                            + "|(?:come|comes|coming|came) back|(?:has|have|had|is|are) gone"
                            + "|(?:goes|go|went) on(?! to\\b))\\b"),
                    "Code does not speak, ask, come back or leave.",
                    "returns, reports, logs, notifies, requests, reconnects, disconnects, has ended, continues"),
            new ProseRule(
                    "quaint-words",
                    PROSE,
                    false,
                    Pattern.compile("(?i)\\b(?:(?:let|lets|letting) go|of (?:which|whom|whose)|for ever|as good as"
                            + "|as (?:they|it) comes?|to be had|anew|once more|in the place of"
                            + "|all else|lest|seldom|(?:is|are|be) missed|is looked|would have it|is over)\\b"
                            + "|\\bfor good(?=[.,;:]|$| unless\\b| after\\b)|(?<!there )\\b(?:is|are) none\\b"),
                    "The phrase is not used in technical English.",
                    "evict, discard; whose, and; indefinitely; practically; in order; available; permanently; again;"
                            + " except; everything else; rarely; has ended; is absent"),
            new ProseRule(
                    "clause-as-subject",
                    PROSE,
                    false,
                    Pattern.compile("^(?:Of(?! course)|Those|Who|What)\\b(?!.*\\?$)"
                            + "|^That (?:an?|the|it|this|there|they|these|one|its|no|each|every|all)\\b"),
                    "The sentence begins with \"Of\", \"That\", \"What\", \"Who\" or \"Those\".",
                    "the main clause first, with a noun as its subject"),
            new ProseRule(
                    "what-for-a-noun",
                    PROSE,
                    false,
                    Pattern.compile("(?<!^)\\bwhat (?:is|was|are|were|has|have|had|comes|came|it|they)\\b(?!.*\\?$)"),
                    "A clause with \"what\" stands for a noun.",
                    "the noun: the events that are stored, the configured value, the response"),
            new ProseRule(
                    "long-sentence",
                    COMMENTS,
                    false,
                    Pattern.compile("(?:\\S+ ){25}\\S+"),
                    "The sentence has more than 25 words.",
                    "two sentences, the main clause first"),
            new ProseRule(
                    "most-for-max",
                    EnumSet.of(Kind.CODE),
                    false,
                    Pattern.compile("\\bMOST(?:_\\w+)?\\s*="),
                    "The name of a limit begins with MOST.",
                    "MAX_..."));

    private ProseRules() {}
}
