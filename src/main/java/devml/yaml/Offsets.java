package devml.yaml;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Translates SnakeYAML's positions, which count code points, into offsets in chars. */
final class Offsets {
    /** The positions, in code points, of the characters that take two chars; ascending. */
    private final int[] wide;

    Offsets(String text) {
        wide = wideCharacters(text);
    }

    int ofCodePoint(int position) {
        int found = Arrays.binarySearch(wide, position);
        return position + (found >= 0 ? found : -found - 1);
    }

    private static int[] wideCharacters(String text) {
        IntStream.Builder positions = IntStream.builder();
        int position = 0;
        for (int at = 0; at < text.length(); position++) {
            int width = Character.charCount(text.codePointAt(at));
            if (width == 2) {
                positions.add(position);
            }
            at += width;
        }
        return positions.build().toArray();
    }
}
