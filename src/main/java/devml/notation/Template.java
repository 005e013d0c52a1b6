package devml.notation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names with parts that are worked out: {@code weight_l{l}}, {@code h{l-1}}. */
public final class Template {
    private static final Pattern PART = Pattern.compile("\\{([A-Za-z_][A-Za-z0-9_]*'*)(?: ?([+-]) ?(\\d{1,9}))?}");

    private Template() {}

    static boolean isPart(String text) {
        return PART.matcher(text).matches();
    }

    public static boolean isTemplate(String name) {
        return name.indexOf('{') >= 0;
    }

    /** The names between the braces. */
    public static List<String> names(String template) {
        List<String> names = new ArrayList<>();
        if (isTemplate(template)) {
            PART.matcher(template).results().forEach(part -> names.add(part.group(1)));
        }
        return names;
    }

    /** The template without what stands in its braces: the same for all ways to speak of a tensor. */
    public static String stem(String template) {
        return isTemplate(template) ? PART.matcher(template).replaceAll("{}") : template;
    }

    /** Whether a number is added to a name between the braces: the tensor is another member's. */
    public static boolean isShifted(String template) {
        return isTemplate(template) && PART.matcher(template).results().anyMatch(part -> part.group(2) != null);
    }

    /** The template with other names between its braces. */
    public static String rename(String template, UnaryOperator<String> name) {
        return isTemplate(template)
                ? PART.matcher(template)
                        .replaceAll(part -> Matcher.quoteReplacement("{" + name.apply(part.group(1))
                                + part.group().substring(1 + part.group(1).length())))
                : template;
    }

    /** Whether filling a template can make this name. */
    public static boolean matches(String template, String name) {
        StringBuilder pattern = new StringBuilder();
        int end = 0;
        Matcher parts = PART.matcher(template);
        while (parts.find()) {
            pattern.append(Pattern.quote(template.substring(end, parts.start())))
                    .append("\\w*");
            end = parts.end();
        }
        return name.matches(pattern + Pattern.quote(template.substring(end)));
    }

    /**
     * Fills a template.
     *
     * @param word what a name stands for
     * @param number the same, where a number is added to it
     */
    public static String fill(String template, UnaryOperator<String> word, ToLongFunction<String> number) {
        return PART.matcher(template).replaceAll(part -> Matcher.quoteReplacement(part(part, word, number)));
    }

    private static String part(MatchResult part, UnaryOperator<String> word, ToLongFunction<String> number) {
        if (part.group(2) == null) {
            return word.apply(part.group(1));
        }
        long added = Long.parseLong(part.group(3));
        return String.valueOf(number.applyAsLong(part.group(1)) + (part.group(2).equals("+") ? added : -added));
    }
}
