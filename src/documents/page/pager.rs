//! The cursor that puts laid-out text on pages: breaks them, keeps lines together, and records for each piece which
//! element of the structure it belongs to. Knows nothing of letters.

use super::{Artifact, Child, HEIGHT, Item, Node, Page, Pages, Tag, WIDTH};
use crate::documents::Error;
use crate::documents::markup::Text;
use crate::documents::picture::Picture;
use crate::documents::text::{Colour, Laid, Style, TextEngine};
use std::sync::Arc;

/// Where text may stand on a page.
#[derive(Debug, Clone, Copy)]
pub(in crate::documents) struct Frame {
    /// The left edge.
    pub(in crate::documents) left: f32,
    /// The width.
    pub(in crate::documents) width: f32,
    /// The top.
    pub(in crate::documents) top: f32,
    /// The bottom.
    pub(in crate::documents) bottom: f32,
}

/// The cursor.
pub(in crate::documents) struct Pager<'a> {
    /// Lays out the text.
    pub(in crate::documents) engine: &'a mut TextEngine,
    /// What is finished so far.
    pub(in crate::documents) done: Pages,
    /// Where text may stand.
    pub(in crate::documents) frame: Frame,
    /// How far down the page the text has come, from the bottom.
    pub(in crate::documents) y: f32,
    pub(super) open: Vec<usize>,
    /// Only pages are counted: nothing is kept that would stand on them.
    trial: bool,
}

impl<'a> Pager<'a> {
    /// A pager without a page.
    pub(in crate::documents) fn new(engine: &'a mut TextEngine, frame: Frame) -> Self {
        let root = node(Tag::Document);
        let done = Pages { pages: Vec::new(), tree: vec![root] };
        Self { engine, done, frame, y: 0.0, open: vec![0], trial: false }
    }

    /// A pager that tells how many pages something takes, and keeps nothing of it.
    pub(in crate::documents) fn trial(engine: &'a mut TextEngine, frame: Frame) -> Self {
        Self { trial: true, ..Self::new(engine, frame) }
    }

    /// Starts a page.
    pub(in crate::documents) fn new_page(&mut self) {
        self.done.pages.push(Page::default());
        self.y = self.frame.top;
    }

    /// How many pages there are.
    pub(in crate::documents) fn count(&self) -> usize {
        self.done.pages.len()
    }

    /// What is left of the page.
    pub(in crate::documents) fn room(&self) -> f32 {
        self.y - self.frame.bottom
    }

    /// Starts a page unless there is room for this much. An empty page has room for anything.
    pub(in crate::documents) fn need(&mut self, height: f32) {
        if self.room() < height && self.y < self.frame.top {
            self.new_page();
        }
    }

    /// Opens an element.
    pub(in crate::documents) fn open(&mut self, tag: Tag) -> usize {
        let id = self.add_node(tag);
        self.open.push(id);
        id
    }

    fn add_node(&mut self, tag: Tag) -> usize {
        if self.trial {
            return 0;
        }
        let id = self.done.tree.len();
        self.done.tree.push(node(tag));
        let parent = self.parent();
        self.done.tree[parent].children.push(Child::Node(id));
        id
    }

    /// Closes the element opened last.
    pub(in crate::documents) fn close(&mut self) {
        if self.open.len() > 1 {
            self.open.pop();
        }
    }

    fn parent(&self) -> usize {
        self.open.last().copied().unwrap_or(0)
    }

    fn push(&mut self, item: Item) {
        if self.trial {
            return;
        }
        if let Some(page) = self.done.pages.last_mut() {
            page.items.push(item);
        }
    }

    /// Begins content of the open element, or of a span in it.
    pub(super) fn begin(&mut self, node: usize) {
        if self.trial {
            return;
        }
        let page = self.count().saturating_sub(1);
        let Some(marks) = self.done.pages.get_mut(page).map(|page| &mut page.marks) else { return };
        let mark = *marks;
        *marks += 1;
        let owner = &mut self.done.tree[node];
        owner.children.push(Child::Content { page, mark });
        // A picture's words are its element's alternative text and not the content's.
        let tag = owner.tag;
        let spoken = owner.spoken.clone().filter(|_| tag != Tag::Figure);
        self.push(Item::Begin { tag, mark, spoken });
    }

    /// Begins content of the open element.
    pub(in crate::documents) fn mark(&mut self) {
        self.begin(self.parent());
    }

    /// Ends what was begun last.
    pub(in crate::documents) fn end(&mut self) {
        self.push(Item::End);
    }

    /// Begins what is not read out.
    pub(in crate::documents) fn artifact(&mut self, kind: Artifact) {
        self.push(Item::BeginArtifact(kind));
    }

    /// A filled rectangle that is not read out: left, bottom, width, height.
    pub(in crate::documents) fn fill(&mut self, place: [f32; 4], colour: Colour) {
        self.artifact(Artifact::Decoration);
        self.push(Item::Fill { place, colour });
        self.end();
    }

    /// A picture that is not read out: left, bottom, width, height.
    pub(in crate::documents) fn picture(&mut self, picture: &Arc<Picture>, place: [f32; 4]) {
        self.artifact(Artifact::Decoration);
        self.push(Item::Picture { picture: Arc::clone(picture), place });
        self.end();
    }

    /// A picture that is read out as `words`: left, bottom, width, height.
    pub(in crate::documents) fn figure(&mut self, picture: &Arc<Picture>, place: [f32; 4], words: String) {
        let id = self.open(Tag::Figure);
        self.done.tree[id].spoken = Some(words);
        self.done.tree[id].place = Some(place);
        self.mark();
        self.push(Item::Picture { picture: Arc::clone(picture), place });
        self.end();
        self.close();
    }

    /// One line of laid-out text, its top at `top`. In content that is read, a run that needs it becomes a span of
    /// its own beside the rest: poppler drops what follows a nested one.
    pub(super) fn line(&mut self, laid: &Arc<Laid>, line: usize, x: f32, top: f32, read: bool) {
        if self.trial {
            return;
        }
        let y = top - laid.lines[line].baseline;
        for (run, content) in laid.lines[line].runs.iter().enumerate() {
            let item = Item::Run { laid: Arc::clone(laid), line, run, x, y, turned: 0.0 };
            match &content.spoken {
                Some(spoken) if read => {
                    self.end();
                    let span = self.add_node(Tag::Span);
                    spoken.language.clone_into(&mut self.done.tree[span].language);
                    self.done.tree[span].spoken = Some(spoken.text.clone());
                    self.begin(span);
                    self.push(item);
                    self.end();
                    self.mark();
                }
                _ => self.push(item),
            }
        }
    }

    /// Text at a place, as an element of its own; returns its height. Moves no cursor.
    pub(in crate::documents) fn place(
        &mut self,
        tag: Tag,
        text: &Text,
        style: Style,
        at: (f32, f32),
        width: f32,
    ) -> Result<f32, Error> {
        let laid = self.engine.lay(text, style, width)?;
        if text.plain.is_empty() {
            return Ok(laid.height);
        }
        self.open(tag);
        self.mark();
        self.lines_at(&laid, at, true);
        self.end();
        self.close();
        Ok(laid.height)
    }

    /// Text at a place that is not read out.
    pub(in crate::documents) fn place_artifact(
        &mut self,
        kind: Artifact,
        text: &str,
        style: Style,
        at: (f32, f32),
        width: f32,
    ) -> Result<(), Error> {
        let laid = self.engine.lay(&Text::verbatim(text), style, width)?;
        self.artifact(kind);
        self.lines_at(&laid, at, false);
        self.end();
        Ok(())
    }

    pub(super) fn lines_at(&mut self, laid: &Arc<Laid>, (x, mut top): (f32, f32), read: bool) {
        for line in 0..laid.lines.len() {
            self.line(laid, line, x, top, read);
            top -= laid.lines[line].height;
        }
    }

    /// A word across the page's middle, rising to the right. Call it first on a page, so that it lies behind.
    pub(in crate::documents) fn watermark(&mut self, word: &str, style: Style) -> Result<(), Error> {
        const RISE: f32 = 45.0;
        let text = Text::verbatim(word);
        let laid = self.engine.lay(&text, Style { right: false, ..style }, WIDTH * 4.0)?;
        let (_, width) = self.engine.widths(&text, style);
        let (sin, cos) = RISE.to_radians().sin_cos();
        let lift = style.size * 0.35;
        let x = WIDTH / 2.0 - width / 2.0 * cos + lift * sin;
        let y = HEIGHT / 2.0 - width / 2.0 * sin - lift * cos;
        self.artifact(Artifact::Watermark);
        for (line, content) in laid.lines.iter().enumerate() {
            for run in 0..content.runs.len() {
                self.push(Item::Run { laid: Arc::clone(&laid), line, run, x, y, turned: RISE });
            }
        }
        self.end();
        Ok(())
    }

    /// A block of text at the cursor with page breaks inside it, never leaving one line alone.
    pub(in crate::documents) fn flow(
        &mut self,
        tag: Tag,
        text: &Text,
        style: Style,
        indent: f32,
    ) -> Result<(), Error> {
        let laid = self.engine.lay(text, style, self.frame.width - indent)?;
        self.open(tag);
        self.flow_lines(&laid, indent);
        self.close();
        Ok(())
    }

    fn flow_lines(&mut self, laid: &Arc<Laid>, indent: f32) {
        let count = laid.lines.len();
        let mut begun = false;
        for (i, line) in laid.lines.iter().enumerate() {
            let together = kept_together(i, count);
            let height: f32 = laid.lines[i..i + together].iter().map(|line| line.height).sum();
            if self.room() < height && self.y < self.frame.top {
                if begun {
                    self.end();
                }
                begun = false;
                self.new_page();
            }
            if !begun {
                self.mark();
                begun = true;
            }
            self.line(laid, i, self.frame.left + indent, self.y, true);
            self.y -= line.height;
        }
        if begun {
            self.end();
        }
    }

    /// The height of the least that may stand at a page's foot of this text.
    pub(in crate::documents) fn least(
        &mut self,
        text: &Text,
        style: Style,
        indent: f32,
    ) -> Result<f32, Error> {
        let laid = self.engine.lay(text, style, self.frame.width - indent)?;
        let together = kept_together(0, laid.lines.len());
        Ok(laid.lines[..together].iter().map(|line| line.height).sum())
    }

    /// The height of the least of a list that may stand at a page's foot.
    pub(in crate::documents) fn least_of_list(
        &mut self,
        items: &[&Text],
        style: Style,
        place: (f32, f32),
    ) -> Result<f32, Error> {
        self.least_of_items(items, true, style, place)
    }

    /// The same from some item on: its first item, and those that stay with it.
    fn least_of_items(
        &mut self,
        items: &[&Text],
        first: bool,
        style: Style,
        (indent, gap): (f32, f32),
    ) -> Result<f32, Error> {
        let Some(own) = items.first() else { return Ok(0.0) };
        let own = self.least(own, style, indent)?;
        let mut whole = 0.0;
        for item in &items[..items_together(items, first)] {
            whole += self.engine.lay(item, style, self.frame.width - indent)?.height + gap;
        }
        whole -= gap;
        // Long items part all the same: better than a page with a hole in it.
        let page = self.frame.top - self.frame.bottom;
        Ok(if whole <= page * SHORT { whole.max(own) } else { own })
    }

    /// A list at the cursor: label and text of each item.
    pub(in crate::documents) fn list(
        &mut self,
        numbered: bool,
        items: &[(Text, &Text)],
        style: Style,
        (indent, gap): (f32, f32),
    ) -> Result<(), Error> {
        self.open(Tag::List(numbered));
        let texts: Vec<&Text> = items.iter().map(|(_, text)| *text).collect();
        for (i, (label, text)) in items.iter().enumerate() {
            if i > 0 {
                self.y -= gap;
            }
            let least = self.least_of_items(&texts[i..], i == 0, style, (indent, gap))?;
            self.need(least);
            self.open(Tag::Item);
            let at = (self.frame.left + 4.0, self.y);
            self.place(Tag::Label, label, style, at, indent - 4.0)?;
            self.flow(Tag::Body, text, style, indent)?;
            self.close();
        }
        self.close();
        Ok(())
    }
}

fn node(tag: Tag) -> Node {
    Node { tag, children: Vec::new(), language: String::new(), spoken: None, place: None }
}

/// Items that stay together take no more than this part of a page.
const SHORT: f32 = 0.3;

/// How many items from here on stay on one page: no first item alone, no last item alone, and none parted from a
/// warning in bold that follows it.
fn items_together(items: &[&Text], first: bool) -> usize {
    let mut together = match (first, items.len()) {
        (true, count) if count <= 3 => count,
        (true, _) | (false, 2) => 2,
        (false, _) => 1,
    };
    while items.get(together).is_some_and(|next| next.is_bold()) {
        together += 1;
    }
    together.min(items.len())
}

/// How many lines from this one on must stand on one page: no first line alone, no last line alone.
fn kept_together(line: usize, count: usize) -> usize {
    match (line, count - line) {
        (0, n) if n <= 3 => n,
        (0, _) | (_, 2) => 2,
        (_, n) => n.min(1),
    }
}

#[cfg(test)]
mod tests {
    use super::{items_together, kept_together};
    use crate::documents::markup::Text;

    #[test]
    fn no_item_stands_alone_or_without_its_warning() {
        let plain = Text::verbatim("Take a screenshot.");
        let mut bold = Text::verbatim("Not of that.");
        bold.bold.push(0..bold.plain.len());
        let (p, b) = (&plain, &bold);
        for (items, first, together) in [
            (vec![p], true, 1),
            (vec![p, p, p], true, 3),
            (vec![p, p, p, p], true, 2),
            (vec![p, p, b, p], true, 3),
            (vec![p, b, p], false, 2),
            (vec![p, p, p], false, 1),
            (vec![p, p], false, 2),
            (vec![b], false, 1),
        ] {
            assert_eq!(items_together(&items, first), together, "{items:?} {first}");
        }
    }

    #[test]
    fn no_line_stands_alone() {
        for (count, breaks_before) in
            [(1, vec![0]), (2, vec![0]), (3, vec![0]), (4, vec![0, 2]), (5, vec![0, 2, 3])]
        {
            let allowed: Vec<usize> = (0..count)
                .filter(|line| (0..*line).all(|i| i + kept_together(i, count) <= *line || i + 1 == count))
                .collect();
            assert_eq!(allowed, breaks_before, "{count} lines");
        }
    }
}
