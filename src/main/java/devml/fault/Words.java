package devml.fault;

/** How messages put things. */
public final class Words {
    private Words() {}

    /** A thing and its kind, behind the article that this takes: {@code "up, an upsample"}. */
    public static String whichIs(String name, String kind) {
        boolean hasVowel = !kind.isEmpty() && "aeiou".indexOf(kind.charAt(0)) >= 0;
        return name + (hasVowel ? ", an " : ", a ") + kind;
    }
}
