package org.prontodb.cli;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/** A page of docs/ as a manual page. */
final class MarkdownPage extends AbstractVisitor {
  private static final Parser PARSER =
      Parser.builder().extensions(List.of(TablesExtension.create())).build();

  private final Roff page;

  private MarkdownPage(Roff page) {
    this.page = page;
  }

  /**
   * @param markdown whose first heading is replaced by the page's name
   */
  static String of(String markdown, String name, String summary, LocalDate date) {
    Roff page = new Roff(name, 5, date, VersionCommand.NUMBER);
    page.name(name, summary).section("description");
    PARSER.parse(markdown).accept(new MarkdownPage(page));
    page.section("see also").marked(Roff.bold("prontodb") + "(1)");
    return page.toString();
  }

  @Override
  public void visit(Heading heading) {
    if (heading.getLevel() == 1) {
      return;
    }
    String title = plain(heading);
    if (heading.getLevel() == 2) {
      page.section(title);
    } else {
      page.subsection(title);
    }
  }

  @Override
  public void visit(Paragraph paragraph) {
    page.paragraph().marked(marked(paragraph));
  }

  @Override
  public void visit(BulletList list) {
    items(list);
  }

  @Override
  public void visit(OrderedList list) {
    int number = list.getMarkerStartNumber() == null ? 1 : list.getMarkerStartNumber();
    for (Node item = list.getFirstChild(); item != null; item = item.getNext()) {
      page.item(number++ + ".").marked(marked(item));
    }
  }

  private void items(Node list) {
    for (Node item = list.getFirstChild(); item != null; item = item.getNext()) {
      page.bullet().marked(marked(item));
    }
  }

  @Override
  public void visit(FencedCodeBlock code) {
    page.literal(code.getLiteral().lines().toList());
  }

  /** A row is an item: its first cell, and then the others, each behind the name of its column. */
  @Override
  public void visit(CustomBlock block) {
    if (!(block instanceof TableBlock)) {
      throw new IllegalArgumentException("no manual page is known for " + block);
    }
    List<TableRow> rows = new ArrayList<>();
    block.accept(
        new AbstractVisitor() {
          @Override
          public void visit(org.commonmark.node.CustomNode node) {
            if (node instanceof TableRow row) {
              rows.add(row);
            } else {
              visitChildren(node);
            }
          }
        });
    Iterator<TableRow> all = rows.iterator();
    List<String> columns = cells(all.next());
    while (all.hasNext()) {
      List<String> cells = cells(all.next());
      page.item(cells.getFirst());
      List<String> others = new ArrayList<>();
      for (int i = 1; i < cells.size(); i++) {
        if (!cells.get(i).isEmpty()) {
          others.add((columns.size() > 2 ? columns.get(i) + ": " : "") + cells.get(i));
        }
      }
      page.marked(others.isEmpty() ? "\\&" : String.join("; ", others));
    }
  }

  private static List<String> cells(TableRow row) {
    List<String> cells = new ArrayList<>();
    for (Node cell = row.getFirstChild(); cell != null; cell = cell.getNext()) {
      cells.add(cell instanceof TableCell ? marked(cell) : "");
    }
    return cells;
  }

  private static String plain(Node node) {
    Inline inline = new Inline(false);
    for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
      child.accept(inline);
    }
    return inline.text.toString();
  }

  private static String marked(Node node) {
    Inline inline = new Inline(true);
    for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
      child.accept(inline);
      if (child instanceof Paragraph && child.getNext() != null) {
        inline.text.append(' ');
      }
    }
    return inline.text.toString();
  }

  /** The text within a block. */
  private static final class Inline extends AbstractVisitor {
    private final StringBuilder text = new StringBuilder();
    private final boolean roff;

    Inline(boolean roff) {
      this.roff = roff;
    }

    @Override
    public void visit(Text node) {
      text.append(roff ? Roff.escaped(node.getLiteral()) : node.getLiteral());
    }

    @Override
    public void visit(Code node) {
      text.append(roff ? Roff.bold(node.getLiteral()) : node.getLiteral());
    }

    @Override
    public void visit(StrongEmphasis node) {
      text.append(roff ? Roff.bold(plain(node)) : plain(node));
    }

    @Override
    public void visit(Emphasis node) {
      text.append(roff ? Roff.italic(plain(node)) : plain(node));
    }

    @Override
    public void visit(SoftLineBreak node) {
      text.append(' ');
    }

    @Override
    public void visit(HardLineBreak node) {
      text.append(' ');
    }

    @Override
    public void visit(ListItem node) {
      text.append(' ');
      visitChildren(node);
    }
  }
}
