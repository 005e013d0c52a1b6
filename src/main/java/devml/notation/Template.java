package devml.notation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names with parts in braces that are filled in: {@code weight_l{l}}, {@code h{l-1}}. They name the tensors of a layer
 * that has a variable number of them, such as the parameters of a stacked recurrent layer.
 */
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

    /** Returns the template with its braces emptied; all references to tensors of the same family share this stem. */
    public static String stem(String template) {
        return isTemplate(template) ? PART.matcher(template).replaceAll("{}") : template;
    }

    /** Whether a number is added to a name in braces, so that the template refers to another member of the family. */
    public static boolean isShifted(String template) {
        return isTemplate(template) && PART.matcher(template).results().anyMatch(part -> part.group(2) != null);
    }

    /** Returns the template with the names in its braces replaced. */
    public static String rename(String template, UnaryOperator<String> name) {
        return isTemplate(template)
                ? PART.matcher(template)
                        .replaceAll(part -> Matcher.quoteReplacement("{" + name.apply(part.group(1))
                                + part.group().substring(1 + part.group(1).length())))
                : template;
    }

    /** Whether some filling of the template yields the given name. */
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
     * Fills in a template.
     *
     * @param word returns the text that a name in braces stands for
     * @param number returns the number that a name stands for, where a number is added to it
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
