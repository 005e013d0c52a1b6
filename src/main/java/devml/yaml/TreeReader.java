package devml.yaml;

import devml.fault.Fault;
import devml.fault.Place;
import devml.fault.Source;
import devml.yaml.Node.Entry;
import devml.yaml.Node.Mapping;
import devml.yaml.Node.Scalar;
import devml.yaml.Node.Sequence;
import devml.yaml.Node.Style;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Builds the tree of one document from SnakeYAML's parser events. Its node graph is not used, because only among events
 * an alias is still an alias, so that it can be refused before it expands.
 */
final class TreeReader {
    private static final int MAX_DEPTH = 64;

    /** A tree of this many nodes takes some 200 MB. */
    private static final int MAX_NODES = 2_000_000;

    /** The time that SnakeYAML takes grows with the square of how far it looks ahead, which may be a whole line. */
    private static final int MAX_LINE = 1_000_000;

    private final Source source;
    private final Offsets offsets;
    private final Parser events;
    private int nodes;

    TreeReader(Source source) {
        this.source = source;
        offsets = new Offsets(source.text());
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE); // the limits here are reached first
        events = new ParserImpl(new StreamReader(new StringReader(source.text())), options);
    }

    Node read() {
        refuseLongLines();
        try {
            next(); // the start of the stream
            if (next().is(Event.ID.StreamEnd)) {
                throw Fault.at(source.place(0, 0), "the file is empty");
            }
            Node root = node(next(), 0);
            if (root instanceof Scalar scalar && scalar.isEmpty()) {
                throw Fault.at(root.place(), "the file is empty");
            }
            next(); // the end of the document
            Event after = next();
            if (!after.is(Event.ID.StreamEnd)) {
                throw Fault.at(place(after), "a second document starts here; a file may hold only one");
            }
            return root;
        } catch (MarkedYAMLException e) {
            throw SyntaxFault.of(e, source, offsets);
        } catch (ReaderException e) {
            int start = offsets.ofCodePoint(e.getPosition());
            throw Fault.at(
                    source.place(start, start + 1),
                    "the character U+%04X is not allowed in YAML".formatted(e.getCodePoint()));
        } catch (YAMLException e) {
            throw Fault.at(source.place(0, 0), "not YAML: " + e.getMessage());
        }
    }

    private void refuseLongLines() {
        String text = source.text();
        for (int start = 0, end; start < text.length(); start = end + 1) {
            int found = text.indexOf('\n', start);
            end = found < 0 ? text.length() : found;
            if (end - start > MAX_LINE) {
                throw Fault.at(
                        source.place(start, start + 1),
                        "a line of more than " + MAX_LINE + " chars; put large data into an NPY file");
            }
        }
    }

    private Event next() {
        return events.getEvent();
    }

    private Node node(Event event, int depth) {
        refuseProperties((NodeEvent) event);
        if (++nodes > MAX_NODES) {
            throw Fault.at(place(event), "more than " + MAX_NODES + " values; put large data into an NPY file");
        }
        if (event instanceof ScalarEvent scalar) {
            return scalar(scalar);
        }
        CollectionStartEvent start = (CollectionStartEvent) event;
        if (depth == MAX_DEPTH) {
            throw Fault.at(place(event), "nested more than " + MAX_DEPTH + " levels deep");
        }
        return start.is(Event.ID.SequenceStart) ? sequence(start, depth + 1) : mapping(start, depth + 1);
    }

    private Sequence sequence(CollectionStartEvent start, int depth) {
        List<Node> items = new ArrayList<>();
        Event event = next();
        for (; !event.is(Event.ID.SequenceEnd); event = next()) {
            items.add(node(event, depth));
        }
        return new Sequence(items, collection(start, event, items.isEmpty() ? null : items.getLast()));
    }

    private Mapping mapping(CollectionStartEvent start, int depth) {
        List<Entry> entries = new ArrayList<>();
        Map<String, Place> seen = new HashMap<>();
        Event event = next();
        for (; !event.is(Event.ID.MappingEnd); event = next()) {
            Scalar key = key(event, depth);
            Place first = seen.putIfAbsent(key.text(), key.place());
            if (first != null) {
                throw Fault.at(
                        key.place(),
                        "duplicate key '" + key.text() + "'; it stands in line " + first.line() + " already");
            }
            entries.add(new Entry(key.text(), key.place(), node(next(), depth)));
        }
        return new Mapping(
                entries,
                collection(
                        start,
                        event,
                        entries.isEmpty() ? null : entries.getLast().value()));
    }

    private Scalar key(Event event, int depth) {
        Node key = node(event, depth);
        if (!(key instanceof Scalar(String text, Style style, Place place)) || style == Style.BLOCK) {
            throw Fault.at(key.place(), "a key must be a single word or text, not " + key.found());
        }
        if (style == Style.PLAIN && text.isEmpty()) {
            throw Fault.at(place, "a key is missing before ':'");
        }
        if (style == Style.PLAIN && text.equals("<<")) {
            throw Fault.at(place, "merge keys are not supported; write the entries out");
        }
        return (Scalar) key;
    }

    private Scalar scalar(ScalarEvent event) {
        Style style = switch (event.getScalarStyle()) {
            case PLAIN -> Style.PLAIN;
            case LITERAL -> Style.BLOCK;
            case FOLDED -> Style.FOLDED;
            case SINGLE_QUOTED, DOUBLE_QUOTED, JSON_SCALAR_STYLE -> Style.QUOTED;
        };
        Place place = style == Style.BLOCK || style == Style.FOLDED ? content(place(event)) : place(event);
        return new Scalar(event.getValue(), style, place);
    }

    /** The content lines of a block scalar, without its header and without blanks at its end. */
    private Place content(Place block) {
        String text = block.text();
        int start = 0;
        while (start < text.length() && !isBreak(text.charAt(start))) {
            start++;
        }
        start += text.startsWith("\r\n", start) ? 2 : 1;
        int end = text.stripTrailing().length();
        return source.place(block.start() + Math.min(start, text.length()), block.start() + Math.max(start, end));
    }

    /** Whether the character is a line break of YAML 1.1. */
    private static boolean isBreak(char c) {
        return c == '\n' || c == '\r' || c == '\u0085' || c == '\u2028' || c == '\u2029';
    }

    /**
     * The place of a collection. A block collection ends with its last value; SnakeYAML's mark extends to the next
     * token.
     */
    private Place collection(CollectionStartEvent start, Event end, Node last) {
        return start.isFlow() || last == null
                ? place(start).to(place(end))
                : place(start).to(last.place());
    }

    private void refuseProperties(NodeEvent event) {
        if (event instanceof AliasEvent) {
            throw Fault.at(place(event), "aliases are not supported; write the value out");
        }
        if (event.getAnchor() != null) {
            throw Fault.at(
                    word(event),
                    "anchors (&" + event.getAnchor() + ") are not supported; write the value out each time");
        }
        String tag = switch (event) {
            case ScalarEvent scalar -> scalar.getTag();
            case CollectionStartEvent collection -> collection.getTag();
            default -> null;
        };
        if (tag != null) {
            throw Fault.at(word(event), "tags (" + tag + ") are not supported; write the plain value");
        }
    }

    /** The anchor or tag at the start of a node. */
    private Place word(Event event) {
        int start = place(event).start();
        int end = start;
        while (end < source.text().length()
                && !Character.isWhitespace(source.text().charAt(end))) {
            end++;
        }
        return source.place(start, end);
    }

    private Place place(Event event) {
        return source.place(
                offsets.ofCodePoint(event.getStartMark().getIndex()),
                offsets.ofCodePoint(event.getEndMark().getIndex()));
    }
}
