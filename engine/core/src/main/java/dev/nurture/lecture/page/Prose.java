package dev.nurture.lecture.page;

import static dev.nurture.report.PageParts.escaped;

import dev.nurture.lecture.figure.FigureStyle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * The text of a part as HTML. Pictures stand where the text names them; of links those stay that lead out of the repository,
 * because the page lies anywhere.
 */
final class Prose {
    private static final Pattern PICTURE = Pattern.compile("(?:\\./)?pictures/([^/]+)\\.svg");

    private static final Parser PARSER =
            Parser.builder().extensions(List.of(TablesExtension.create())).build();

    private final Map<String, FigureView> figures = new LinkedHashMap<>();
    private final List<FigureView> left;
    private final String html;

    /** A picture between paragraphs. */
    private static final class Picture extends CustomBlock {
        private final String html;

        Picture(String html) {
            this.html = html;
        }
    }

    private Prose(PartView part) {
        part.figures().forEach(figure -> figures.put(figure.name(), figure));
        left = new ArrayList<>(part.figures());
        Node document = PARSER.parse(ClaimTable.removedFrom(part.markdown()));
        // The part's title stands above.
        if (document.getFirstChild() instanceof Heading heading && heading.getLevel() == 1) {
            heading.unlink();
        }
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(Paragraph paragraph) {
                takeOutPictures(paragraph);
            }
        });
        html = HtmlRenderer.builder()
                .extensions(List.of(TablesExtension.create()))
                .sanitizeUrls(true)
                .nodeRendererFactory(Renderer::new)
                .build()
                .render(document);
    }

    static Prose of(PartView part) {
        return new Prose(part);
    }

    String html() {
        return html;
    }

    /** Returns the pictures that the text does not name, in their order. */
    List<FigureView> left() {
        return left;
    }

    /** Returns a picture with its caption. */
    static String figure(FigureView figure, String caption) {
        return "<figure class=\"picture\">" + FigureStyle.removedFrom(figure.svg())
                + (caption.isEmpty() ? "" : "<figcaption>" + escaped(caption) + "</figcaption>") + "</figure>\n";
    }

    /** Puts each picture of a paragraph behind it, and what follows the picture into a paragraph of its own. */
    private void takeOutPictures(Paragraph paragraph) {
        Node after = paragraph;
        Node into = paragraph;
        Node next;
        for (Node node = paragraph.getFirstChild(); node != null; node = next) {
            next = node.getNext();
            String picture = node instanceof Image image ? picture(image) : null;
            if (picture != null) {
                node.unlink();
                Node block = new Picture(picture);
                after.insertAfter(block);
                after = block;
                into = null;
            } else if (into == null && node instanceof SoftLineBreak) {
                node.unlink();
            } else if (into != paragraph) {
                if (into == null) {
                    into = new Paragraph();
                    after.insertAfter(into);
                    after = into;
                }
                into.appendChild(node);
            }
        }
        if (paragraph.getLastChild() instanceof SoftLineBreak end) {
            end.unlink();
        }
        if (paragraph.getFirstChild() == null) {
            paragraph.unlink();
        }
    }

    /** Returns what stands for an image; null where it is none of the pictures' folder. */
    private String picture(Image image) {
        Matcher matcher = PICTURE.matcher(image.getDestination());
        if (!matcher.matches()) {
            return null;
        }
        FigureView figure = figures.get(matcher.group(1));
        String caption = plain(image);
        if (figure == null) {
            return "<p class=\"note\">"
                    + escaped((caption.isEmpty() ? matcher.group(1) : caption)
                            + ": not drawn, because runs that it shows were not made.")
                    + "</p>\n";
        }
        left.remove(figure);
        return figure(figure, caption.isEmpty() ? figure.caption() : caption);
    }

    private static String plain(Node node) {
        StringBuilder text = new StringBuilder();
        node.accept(new AbstractVisitor() {
            @Override
            public void visit(Text part) {
                text.append(part.getLiteral());
            }

            @Override
            public void visit(SoftLineBreak part) {
                text.append(' ');
            }

            @Override
            public void visit(org.commonmark.node.Code part) {
                text.append(part.getLiteral());
            }
        });
        return text.toString();
    }

    /** What is not as CommonMark has it. */
    private static final class Renderer implements NodeRenderer {
        private final HtmlNodeRendererContext context;

        Renderer(HtmlNodeRendererContext context) {
            this.context = context;
        }

        @Override
        public Set<Class<? extends Node>> getNodeTypes() {
            return Set.of(Heading.class, Link.class, Image.class, HtmlBlock.class, HtmlInline.class, Picture.class);
        }

        @Override
        public void render(Node node) {
            var out = context.getWriter();
            if (node instanceof Picture picture) {
                out.line();
                out.raw(picture.html);
            } else if (node instanceof Heading heading) {
                // Below the part's own.
                String name = "h" + Math.min(6, Math.max(3, heading.getLevel() + 1));
                out.line();
                out.tag(name);
                children(node);
                out.tag("/" + name);
                out.line();
            } else if (node instanceof Link link && link.getDestination().matches("https?://.*")) {
                out.tag("a", Map.of("href", link.getDestination()));
                children(node);
                out.tag("/a");
            } else if (node instanceof HtmlBlock block) {
                markup(block.getLiteral());
            } else if (node instanceof HtmlInline inline) {
                markup(inline.getLiteral());
            } else {
                // A link within the repository, or an image that is no picture of the part: what it says.
                children(node);
            }
        }

        /** Markup is shown as it is written; comments are not. */
        private void markup(String literal) {
            if (!literal.strip().startsWith("<!--")) {
                context.getWriter().text(literal);
            }
        }

        private void children(Node parent) {
            for (Node node = parent.getFirstChild(); node != null; node = node.getNext()) {
                context.render(node);
            }
        }
    }
}
