package dev.nurture.lecture.page;

import static dev.nurture.report.PageParts.escaped;

import dev.nurture.lecture.figure.FigureStyle;
import dev.nurture.report.PageParts;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The lecture's page: one file that needs no other, asks nothing of a network and has no script. The same content gives the
 * same text.
 */
public final class LecturePage {
    /** What the page is made of: its heading, and the parts in their order. */
    public record Page(String title, List<PartView> parts) {
        public Page {
            parts = List.copyOf(parts);
        }
    }

    private LecturePage() {}

    /** Returns the page. */
    public static String of(Page page) {
        String style =
                "\n" + PageParts.css() + PageParts.resource(LecturePage.class, "lecture.css") + FigureStyle.css();
        Map<String, String> parts = Map.of(
                "title", escaped(page.title),
                "style", style,
                "style_hash", PageParts.hash(style),
                "contents", contents(page),
                "main", main(page));
        return PageParts.filled(PageParts.resource(LecturePage.class, "lecture.html"), parts);
    }

    private static String contents(Page page) {
        StringBuilder links = new StringBuilder("<ul><li><a href=\"#claims\">All claims</a></li>");
        for (PartView part : page.parts) {
            links.append("<li><a href=\"#")
                    .append(id(part))
                    .append("\">")
                    .append(escaped(part.title()))
                    .append("</a></li>");
        }
        return links.append("</ul>").toString();
    }

    /** Names come from folders; whatever they hold makes an identifier. */
    private static String id(PartView part) {
        return "part-" + escaped(part.name().replaceAll("\\s", "-"));
    }

    private static String main(Page page) {
        List<ClaimView> all =
                page.parts.stream().flatMap(part -> part.claims().stream()).toList();
        StringBuilder main = new StringBuilder("<header class=\"head\"><h1>" + escaped(page.title) + "</h1>\n");
        main.append(tiles(all)).append("</header>\n");
        main.append(
                "<section id=\"claims\" aria-labelledby=\"claims-title\"><h2 id=\"claims-title\">All claims</h2>\n");
        main.append(summary(page)).append("</section>\n");
        page.parts.forEach(part -> main.append(part(part)));
        return main.append(
                        "<footer>Nurture. Every number on this page was measured by the runs it tells of, but those that"
                                + " are called published.</footer>")
                .toString();
    }

    private static String tiles(List<ClaimView> claims) {
        StringBuilder tiles = new StringBuilder("<dl class=\"tiles lecture\">");
        for (Answer verdict : Answer.values()) {
            long count =
                    claims.stream().filter(claim -> claim.verdict() == verdict).count();
            if (count > 0 || verdict == Answer.GREEN) {
                tiles.append("<div><dt>")
                        .append(verdict.html())
                        .append("</dt><dd>")
                        .append(count);
                tiles.append("<small> of ").append(claims.size()).append("</small></dd></div>");
            }
        }
        double seconds = claims.stream()
                .mapToDouble(ClaimView::seconds)
                .filter(Double::isFinite)
                .sum();
        tiles.append("<div><dt>Took</dt><dd>").append(duration(seconds)).append("</dd></div>");
        return tiles.append("</dl>").toString();
    }

    private static String duration(double seconds) {
        if (seconds < 60) {
            return String.format(Locale.ROOT, seconds < 10 ? "%.1f s" : "%.0f s", seconds);
        }
        long whole = Math.round(seconds);
        return String.format(Locale.ROOT, "%d:%02d min", whole / 60, whole % 60);
    }

    private static String summary(Page page) {
        StringBuilder rows = new StringBuilder();
        for (PartView part : page.parts) {
            for (ClaimView claim : part.claims()) {
                String link = "<a href=\"#" + id(part) + "\">" + escaped(part.title()) + "</a>";
                rows.append("<tr>")
                        .append(cell("Part", link))
                        .append(claimCells(claim))
                        .append("</tr>\n");
            }
        }
        return table("What the lecture claims and what was measured", "<th scope=\"col\">Part</th>", rows, "all");
    }

    private static String table(String caption, String first, CharSequence rows, String kind) {
        StringBuilder heads = new StringBuilder(first);
        for (String head : Arrays.asList("Row", "Claim", "Published", "Measured", "Verdict")) {
            heads.append("<th scope=\"col\">").append(head).append("</th>");
        }
        return "<table class=\"claims " + kind + "\"><caption class=\"unseen\">" + escaped(caption)
                + "</caption><thead><tr>" + heads + "</tr></thead><tbody>\n" + rows + "</tbody></table>\n";
    }

    private static String claimCells(ClaimView claim) {
        return cell("Row", escaped(claim.row()))
                + "<th scope=\"row\">" + escaped(claim.claim()) + "</th>"
                + cell("Published", escaped(claim.published()))
                + cell("Measured", escaped(claim.measured()))
                + cell("Verdict", claim.verdict().html());
    }

    /** The head stands in each cell too, for narrow screens, where rows are no rows. */
    private static String cell(String head, String html) {
        return html.isEmpty()
                ? "<td class=\"absent\"></td>"
                : "<td data-head=\"" + head + "\"><span>" + html + "</span></td>";
    }

    private static String part(PartView part) {
        Prose prose = Prose.of(part);
        StringBuilder html = new StringBuilder("<section id=\"" + id(part) + "\" class=\"part\" aria-labelledby=\""
                + id(part) + "-title\"><h2 id=\"" + id(part) + "-title\">" + escaped(part.title()) + "</h2>\n");
        html.append("<div class=\"prose\">\n").append(prose.html()).append("</div>\n");
        if (!part.claims().isEmpty()) {
            html.append("<h3>Claims</h3>\n").append(claims(part));
        }
        if (!prose.left().isEmpty()) {
            html.append("<div class=\"gallery\">\n");
            prose.left().forEach(figure -> html.append(Prose.figure(figure, figure.caption())));
            html.append("</div>\n");
        }
        return html.append("</section>\n").toString();
    }

    private static String claims(PartView part) {
        StringBuilder rows = new StringBuilder();
        for (ClaimView claim : part.claims()) {
            rows.append("<tr>").append(claimCells(claim)).append("</tr>\n");
            String time = Double.isFinite(claim.seconds()) ? duration(claim.seconds()) : "";
            if (!claim.why().isEmpty()) {
                rows.append("<tr class=\"why ").append(claim.verdict().badge());
                rows.append("\"><td colspan=\"5\"><span>").append(escaped(claim.why()));
                rows.append("</span></td></tr>\n");
            }
            rows.append("<tr class=\"run\"><td colspan=\"5\"><code>")
                    .append(escaped(claim.name()))
                    .append("</code>");
            rows.append(time.isEmpty() ? "" : ", " + time).append("</td></tr>\n");
        }
        return table("Claims of the part " + part.title(), "", rows, "own");
    }
}
