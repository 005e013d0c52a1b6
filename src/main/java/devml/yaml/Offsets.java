package devml.yaml;

import java.util.Arrays;
import java.util.PrimitiveIterator;
import java.util.stream.IntStream;

/** Translates SnakeYAML's positions, which count code points, into offsets in chars. */
final class Offsets {
    /** The positions, in code points, of the characters that take two chars; ascending. */
    private final int[] wide;

    Offsets(String text) {
        wide = wideCharacters(text).toArray();
    }

    int ofCodePoint(int position) {
        int found = Arrays.binarySearch(wide, position);
        return position + (found >= 0 ? found : -found - 1);
    }

    private static IntStream wideCharacters(String text) {
        IntStream.Builder positions = IntStream.builder();
        PrimitiveIterator.OfInt codePoints = text.codePoints().iterator();
        for (int position = 0; codePoints.hasNext(); position++) {
            if (Character.isSupplementaryCodePoint(codePoints.nextInt())) {
                positions.add(position);
            }
        }
        return positions.build();
    }
}
