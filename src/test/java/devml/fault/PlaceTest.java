package devml.fault;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlaceTest {

    @Test
    void controlCharactersOfAFileDoNotReachTheTerminal() {
        Place place = new Source("net.yaml", "a:\t\u001b[2Jb").place(7, 8);
        assertThat(place.excerpt().lines()).containsExactly("   1 | a:  [2Jb", "     |        ^");
    }
}
