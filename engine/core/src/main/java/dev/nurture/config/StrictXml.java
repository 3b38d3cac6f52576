package dev.nurture.config;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParser;
import javax.xml.parsers.SAXParserFactory;
import org.apache.commons.configuration2.XMLConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.Locator;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Reads XML through Commons Configuration: elements and attributes are keys, repeated elements a list. Document types,
 * and with them entities, are refused; nothing outside the text is read.
 */
final class StrictXml {
    /** Carries an element's line through Commons Configuration; no key of a definition has a hyphen. */
    private static final String LINE = "nurture-line";

    private final Mark start;
    private final Problems problems;

    private StrictXml(Mark start, Problems problems) {
        this.start = start;
        this.problems = problems;
    }

    static Value read(String text, Mark start, Problems problems) {
        StrictXml xml = new StrictXml(start, problems);
        try {
            XMLConfiguration configuration = new XMLConfiguration();
            configuration.read(xml.parse(text));
            ImmutableNode root = configuration.getNodeModel().getNodeHandler().getRootNode();
            return xml.value(root, "");
        } catch (SAXParseException e) {
            boolean type = String.valueOf(e.getMessage()).contains("DOCTYPE");
            String message =
                    type ? "a document type (DOCTYPE) is not permitted" : "cannot be read as XML: " + e.getMessage();
            problems.add(start.down(Math.max(0, e.getLineNumber() - 1)), "", message);
        } catch (SAXException | ConfigurationException e) {
            problems.add(start, "", "cannot be read as XML: " + e.getMessage());
        } catch (IOException | ParserConfigurationException e) {
            throw new IllegalStateException("the JDK's own XML parser reads text from memory", e);
        }
        return new Value.Refused(start);
    }

    private Element parse(String text) throws SAXException, IOException, ParserConfigurationException {
        Document document =
                DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().newDocument();
        SAXParserFactory factory = SAXParserFactory.newDefaultInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
        factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
        SAXParser parser = factory.newSAXParser();
        parser.parse(new InputSource(new StringReader(text)), new Builder(document));
        return document.getDocumentElement();
    }

    /** Builds the document, an element's line in an attribute of its own. */
    private static final class Builder extends DefaultHandler {
        private Node current;
        private final Document document;
        private Locator locator;
        private int depth;
        private int elements;

        Builder(Document document) {
            this.document = document;
            current = document;
        }

        @Override
        public void setDocumentLocator(Locator locator) {
            this.locator = locator;
        }

        @Override
        public void startElement(String uri, String localName, String name, Attributes attributes) throws SAXException {
            elements += 1 + attributes.getLength();
            if (++depth > StrictYaml.DEPTH) {
                throw new SAXParseException("nested more than " + StrictYaml.DEPTH + " levels deep", locator);
            }
            if (elements > StrictYaml.VALUES) {
                throw new SAXParseException("there are more than " + StrictYaml.VALUES + " values", locator);
            }
            Element element = document.createElement(name);
            for (int i = 0; i < attributes.getLength(); i++) {
                element.setAttribute(attributes.getQName(i), attributes.getValue(i));
            }
            element.setAttribute(LINE, Integer.toString(locator.getLineNumber()));
            current = current.appendChild(element);
        }

        @Override
        public void characters(char[] text, int from, int length) {
            current.appendChild(document.createTextNode(new String(text, from, length)));
        }

        @Override
        public void endElement(String uri, String localName, String name) {
            current = current.getParentNode();
            depth--;
        }
    }

    private Value value(ImmutableNode node, String path) {
        Map<String, Object> attributes = new TreeMap<>(node.getAttributes());
        Object line = attributes.remove(LINE);
        Mark mark = line == null ? start : start.down(Integer.parseInt(line.toString()) - 1);
        String text = node.getValue() == null ? "" : node.getValue().toString();
        boolean root = path.isEmpty();
        if (node.getChildren().isEmpty() && attributes.isEmpty() && !root) {
            return InlineValue.read(text, mark, path, problems);
        }
        if (!text.isBlank()) {
            problems.add(mark, path, "has text beside elements or attributes; it can have either");
            return new Value.Refused(mark);
        }
        Map<String, List<ImmutableNode>> children = new LinkedHashMap<>();
        for (ImmutableNode child : node) {
            children.computeIfAbsent(child.getNodeName(), name -> new ArrayList<>())
                    .add(child);
        }
        Map<String, Value.Entry> entries = new LinkedHashMap<>();
        attributes.forEach((key, written) -> {
            String keyPath = DefinitionPath.join(path, key);
            if (children.containsKey(key)) {
                problems.add(mark, keyPath, "stands here as an attribute and as an element");
            }
            Value value = InlineValue.read(written.toString(), mark, keyPath, problems);
            entries.put(key, new Value.Entry(mark, value));
        });
        children.forEach((key, elements) -> {
            Value value = values(elements, DefinitionPath.join(path, key));
            entries.putIfAbsent(key, new Value.Entry(value.mark(), value));
        });
        return new Value.Mapping(entries, mark);
    }

    private Value values(List<ImmutableNode> elements, String path) {
        if (elements.size() == 1) {
            return value(elements.get(0), path);
        }
        List<Value> items = new ArrayList<>();
        for (ImmutableNode element : elements) {
            items.add(value(element, path + "[" + items.size() + "]"));
        }
        return new Value.Sequence(items, items.get(0).mark());
    }
}
