package dev.nurture.lecture.figure;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** A picture read back by a parser that knows nothing of how it was made. */
final class Drawing {
    private static final Pattern COMMAND = Pattern.compile("([MHVhvlz])([^MHVhvlz]*)");

    final Document document;

    private Drawing(Document document) {
        this.document = document;
    }

    static Drawing of(String svg) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setNamespaceAware(true);
            return new Drawing(factory.newDocumentBuilder().parse(new InputSource(new StringReader(svg))));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    String title() {
        return document.getElementsByTagName("title").item(0).getTextContent();
    }

    String description() {
        return document.getElementsByTagName("desc").item(0).getTextContent();
    }

    /** Returns the elements of a name that have all of some classes, in their order. */
    List<Element> elements(String name, String... classes) {
        NodeList all = document.getElementsByTagName(name);
        List<Element> found = new ArrayList<>();
        for (int i = 0; i < all.getLength(); i++) {
            Element element = (Element) all.item(i);
            if (Arrays.asList(element.getAttribute("class").split(" ")).containsAll(List.of(classes))) {
                found.add(element);
            }
        }
        return found;
    }

    List<String> texts() {
        return elements("text").stream().map(Element::getTextContent).toList();
    }

    /** Returns the one element with this text. */
    Element text(String text) {
        List<Element> found = elements("text").stream()
                .filter(element -> element.getTextContent().equals(text))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError("'" + text + "' stands " + found.size() + " times among " + texts());
        }
        return found.get(0);
    }

    static double number(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }

    /** Returns the corners of a path, {x, y} each. */
    static List<double[]> points(Element path) {
        List<double[]> points = new ArrayList<>();
        double x = 0;
        double y = 0;
        Matcher command = COMMAND.matcher(path.getAttribute("d"));
        while (command.find()) {
            String text = command.group(2).strip();
            double[] n = text.isEmpty()
                    ? new double[0]
                    : Arrays.stream(text.split(" "))
                            .mapToDouble(Double::parseDouble)
                            .toArray();
            switch (command.group(1)) {
                case "M" -> {
                    for (int i = 0; i < n.length; i += 2) {
                        points.add(new double[] {n[i], n[i + 1]});
                    }
                }
                case "H" -> points.add(new double[] {n[0], y});
                case "V" -> points.add(new double[] {x, n[0]});
                case "h" -> points.add(new double[] {x + n[0], y});
                case "v" -> points.add(new double[] {x, y + n[0]});
                default -> {}
            }
            x = points.get(points.size() - 1)[0];
            y = points.get(points.size() - 1)[1];
        }
        return points;
    }

    /** Returns the middles of dots, which are pieces of no length. */
    static List<double[]> dots(Element path) {
        List<double[]> dots = new ArrayList<>();
        Matcher dot = Pattern.compile("M(\\S+) (\\S+?)h0").matcher(path.getAttribute("d"));
        while (dot.find()) {
            dots.add(new double[] {Double.parseDouble(dot.group(1)), Double.parseDouble(dot.group(2))});
        }
        return dots;
    }

    /** Returns the place of a value on an axis, by where two of its ticks are written. */
    double place(String axis, String one, double oneValue, String other, double otherValue, double value) {
        double from = number(tick(axis, one), axis);
        double to = number(tick(axis, other), axis);
        double place = from + (value - oneValue) / (otherValue - oneValue) * (to - from);
        // Writing at an upright axis stands with its middle, not its foot, at the value.
        return axis.equals("y") ? place - 5 : place;
    }

    /** Returns what is written at a tick: of equal texts the lowest is at the lying axis, the leftmost at the upright one. */
    private Element tick(String axis, String text) {
        Comparator<Element> order = axis.equals("x")
                ? Comparator.comparingDouble(element -> -number(element, "y"))
                : Comparator.comparingDouble(element -> number(element, "x"));
        return elements("text").stream()
                .filter(element -> element.getTextContent().equals(text))
                .filter(element ->
                        axis.equals("x") || element.getAttribute("text-anchor").equals("end"))
                .min(order)
                .orElseThrow(() -> new AssertionError("'" + text + "' is not among " + texts()));
    }
}
