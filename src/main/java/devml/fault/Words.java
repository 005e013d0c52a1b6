package devml.fault;

/** Phrases that several messages share. */
public final class Words {
    private Words() {}

    /** Returns a name followed by its kind with the right article: {@code "up, an upsample"}. */
    public static String whichIs(String name, String kind) {
        boolean hasVowel = !kind.isEmpty() && "aeiou".indexOf(kind.charAt(0)) >= 0;
        return name + (hasVowel ? ", an " : ", a ") + kind;
    }
}
