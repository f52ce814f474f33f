//! The variants of the paper, one by one. Everyone in them is invented.

use super::check;

#[test]
fn android() {
    check(
        "24 hours, British",
        "06/03/2017, 00:45 - Ama Osei: hello\n06/03/2017, 00:46 - Ben: hi: there\n",
        "1 2017-03-06T00:45:00 Ama Osei text: hello\n2 2017-03-06T00:46:00 Ben text: hi: there\n",
    );
    check(
        "12 hours, narrow space",
        "14/4/23, 7:02\u{202F}PM - Ama: hello\n14/4/23, 12:02\u{202F}am - Ama: night\n14/4/23, 12:00\u{202F}pm - Ama: noon",
        "1 2023-04-14T19:02:00 Ama text: hello\n2 2023-04-14T00:02:00 Ama text: night\n3 2023-04-14T12:00:00 Ama text: noon\n",
    );
    check("dotted", "23/06/2018, 01:55 p.m. - Loris: one", "1 2018-06-23T13:55:00 Loris text: one\n");
    check(
        "dotted and spaced, no-break",
        "28/3/2025, 9:29 p. m. - user1: a\n28/3/2025, 9:29 a.\u{A0}m. - user1: b",
        "1 2025-03-28T21:29:00 user1 text: a\n2 2025-03-28T09:29:00 user1 text: b\n",
    );
    check(
        "capitals without a space",
        "23/06/2018, 1:55PM - Loris: one",
        "1 2018-06-23T13:55:00 Loris text: one\n",
    );
    check(
        "two-digit years",
        "13/02/17, 18:42 - Luke: \n13/02/17, 18:43 - Luke:\n",
        "1 2017-02-13T18:42:00 Luke empty: \n2 2017-02-13T18:43:00 Luke empty: \n",
    );
    check(
        "month first",
        "4/13/23, 7:02 PM - Ann: a\n4/1/23, 7:03 PM - Ann: b",
        "1 2023-04-13T19:02:00 Ann text: a\n2 2023-04-01T19:03:00 Ann text: b\n",
    );
}

#[test]
fn iphones() {
    check("24 hours", "[17.03.26, 21:22:39] Chris: Hey", "1 2026-03-17T21:22:39 Chris text: Hey\n");
    check("12 hours, narrow", "[14/10/2021, 3:34:09\u{202F}PM] A: x", "1 2021-10-14T15:34:09 A text: x\n");
    check("12 hours, thin", "[14/10/2021, 3:34:09\u{2009}PM] A: x", "1 2021-10-14T15:34:09 A text: x\n");
    check("year first", "[2017-09-07, 7:58:30 AM] Tom: x", "1 2017-09-07T07:58:30 Tom text: x\n");
    check("no comma", "[15.05.2017 18:01:12] ~ Dicle: x", "1 2017-05-15T18:01:12 ~ Dicle text: x\n");
    check(
        "marks everywhere",
        "\u{FEFF}\u{200E}\u{200F}[17.03.26, 21:22:39] Chris: \u{200E}image omitted\n\u{200E}[17.03.26, 21:23:00] \u{202A}+44 7700 900123\u{202C}: hi",
        "1 2026-03-17T21:22:39 Chris media: image omitted\n2 2026-03-17T21:23:00 +44 7700 900123 text: hi\n",
    );
    check(
        "tilde with a narrow space",
        "[17.03.26, 21:22:39] ~\u{202F}Ann 😀: x",
        "1 2026-03-17T21:22:39 ~ Ann 😀 text: x\n",
    );
}

#[test]
fn elsewhere() {
    check("dots, no dash", "13.06.18 21.25.15: a: m", "1 2018-06-13T21:25:15 a text: m\n");
    check("a word before the time", "13.6.2018 klo 21.25.15 - a: m", "1 2018-06-13T21:25:15 a text: m\n");
    check("spaced dots", "13. 6. 2018. 21:25:15 a: m", "1 2018-06-13T21:25:15 a text: m\n");
    check("Chinese noon", "2018/6/13 下午9:25 - 小明: 你好", "1 2018-06-13T21:25:00 小明 text: 你好\n");
    check("Arabic figures", "١٦/٠٣/٢٠١٧، ٠٠:٤٥ - آمنة: مرحبا", "1 2017-03-16T00:45:00 آمنة text: مرحبا\n");
    check(
        "windows line breaks",
        "16/03/2017, 00:45 - A: x\r\ny\r\n16/03/2017, 00:46 - A: z\r\n",
        "1 2017-03-16T00:45:00 A text: x⏎y\n3 2017-03-16T00:46:00 A text: z\n",
    );
}

#[test]
fn several_lines_and_pasted_dates() {
    check(
        "several lines",
        "16/03/2017, 00:45 - A: one\n\n2016-04-29 10:30:00\nlast: line\n16/03/2017, 00:46 - B: two\n\n",
        "1 2017-03-16T00:45:00 A text: one⏎⏎2016-04-29 10:30:00⏎last: line\n5 2017-03-16T00:46:00 B text: two\n",
    );
    check(
        "a pasted chat puts no words into a child's mouth",
        "16/03/2017, 00:45 - A: look\n[14/10/2021, 3:34:09 PM] B: bad words\n2016-04-29 10:30:00 C: too\n",
        "1 2017-03-16T00:45:00 A text: look⏎[14/10/2021, 3:34:09 PM] B: bad words⏎2016-04-29 10:30:00 C: too\n",
    );
    check(
        "out of order keeps the order of the file",
        "16/03/2017, 10:45 - A: later\n15/03/2017, 09:00 - B: earlier\n",
        "1 2017-03-16T10:45:00 A text: later\n2 2017-03-15T09:00:00 B text: earlier\n",
    );
}

#[test]
fn system_lines() {
    const NOTICE: &str = "Messages and calls are end-to-end encrypted. No one outside of this chat, not even WhatsApp, can read or listen to them.";
    check(
        "Android",
        &format!(
            "16/03/2017, 00:45 - {NOTICE} Tap to learn more.\n16/03/2017, 00:46 - Ann created group \"Year 6: the best\"\n\
             16/03/2017, 00:46 - Ann changed the subject from “a: b” to “c”\n16/03/2017, 00:47 - Ann added Ben\n\
             16/03/2017, 00:48 - Ben left\n16/03/2017, 00:49 - \u{200E}+44 7700 900123 changed to +44 7700 900456\n"
        ),
        &format!(
            "1 system: {NOTICE} Tap to learn more.\n2 system: Ann created group \"Year 6: the best\"\n\
             3 system: Ann changed the subject from “a: b” to “c”\n4 system: Ann added Ben\n5 system: Ben left\n\
             6 system: +44 7700 900123 changed to +44 7700 900456\n"
        ),
    );
    check(
        "an iPhone gives the notice a child's name",
        &format!(
            "[17.03.26, 21:22:39] Chris: \u{200E}{NOTICE}\n[17.03.26, 21:22:40] Chris: {NOTICE}\n[17.03.26, 21:22:41] Chris: Hey"
        ),
        &format!("1 system: {NOTICE}\n2 system: {NOTICE}\n3 2026-03-17T21:22:41 Chris text: Hey\n"),
    );
    check(
        "an iPhone's other lines",
        "[17.03.26, 21:22:39] Ann: Ann changed the group icon\n[17.03.26, 21:22:39] Year 6: \u{200E}Ben added Cy\n\
         [17.03.26, 21:22:39] Year 6: Ann created this group\n[17.03.26, 21:22:39] Ann: \u{200E}You were added\n\
         [17.03.26, 21:22:39] Ann: Ann left\n",
        "1 system: Ann changed the group icon\n2 system: Ben added Cy\n3 system: Ann created this group\n\
         4 system: You were added\n5 system: Ann left\n",
    );
    check(
        "what a child says of others stays a message",
        "[17.03.26, 21:22:39] Ann: Ben left\n[17.03.26, 21:22:40] Ann: who added Cy?\n\
         [17.03.26, 21:22:41] Ann: messages and calls are end-to-end encrypted lol\n",
        "1 2026-03-17T21:22:39 Ann text: Ben left\n2 2026-03-17T21:22:40 Ann text: who added Cy?\n\
         3 2026-03-17T21:22:41 Ann text: messages and calls are end-to-end encrypted lol\n",
    );
}

#[test]
fn media() {
    for text in [
        "<Media omitted>",
        "IMG-20210428-WA0001.jpg (file attached)",
        "IMG-20210428-WA0001.jpg (file attached)\nlook at this",
        "IMG-20210428-WA0001.jpg (Datei angehängt)",
        "PTT-20210428-WA0001.opus (archivo adjunto)",
        "<attached: 00000042-PHOTO-2020-06-07-15-13-20.jpg>",
        "2015-08-04-PHOTO-00004762.jpg <\u{200E}attached>",
        "name.pdf • 14 pages <attached: 00000002-name.pdf>",
        "image omitted",
        "audio omitted",
        "video omitted",
        "sticker omitted",
        "GIF omitted",
        "name.pdf • 14 pages \u{200E}document omitted",
        "<View once voice message omitted>",
        "<Medien ausgeschlossen>",
    ] {
        let told = text.replace('\n', "⏎");
        check(
            text,
            &format!("[17.03.26, 21:22:39] A: {text}"),
            &format!("1 2026-03-17T21:22:39 A media: {told}\n"),
        );
        check(
            text,
            &format!("[17.03.26, 21:22:39] A: \u{200E}{text}"),
            &format!("1 2026-03-17T21:22:39 A media: {told}\n"),
        );
    }
}

#[test]
fn deleted_edited_calls_and_words_about_them() {
    for (text, kind) in [
        ("This message was deleted", "deleted"),
        ("This message was deleted.", "deleted"),
        ("\u{200E}You deleted this message.", "deleted"),
        ("This message was deleted by admin Ann", "deleted"),
        ("Diese Nachricht wurde gelöscht.", "deleted"),
        ("see you at 4 <This message was edited>", "edited"),
        ("see you at 4 \u{200E}<This message was edited>", "edited"),
        ("two\nlines \u{200E}<This message was edited>", "edited"),
        ("\u{200E}Missed voice call", "call"),
        ("\u{200E}Video call, \u{200E}3 min", "call"),
        ("\u{200E}", "empty"),
        ("   ", "empty"),
        ("the image omitted a lot", "text"),
        ("she said this message was deleted", "text"),
        ("(file attached)", "text"),
        ("a <3 b > c", "text"),
        ("voice call, please", "text"),
    ] {
        let told = text.trim_start_matches(['\u{200E}', ' ']).replace('\n', "⏎");
        check(
            text,
            &format!("[17.03.26, 21:22:39] A: {text}\n"),
            &format!("1 2026-03-17T21:22:39 A {kind}: {told}\n"),
        );
    }
}

#[test]
fn what_is_kept_out_is_named() {
    check(
        "impossible days and times, and what follows them",
        "a title\n\n16/03/2017, 00:45 - A: x\n31/02/2017, 00:45 - B: no such day\nmore of it\n16/03/2017, 25:45 - B: y\n\
         16/03/2017, 00:46 - A: z\n03/16/2017, 00:46 - A: w\n17/03/2017, 00:46 - A: v\n",
        "1 rejected: it stands before the first message\n3 2017-03-16T00:45:00 A text: x\n\
         4 rejected: there is no such day, read as day, month and year as in the rest of the file\n\
         5 rejected: it goes on from line 4, which is kept out\n6 rejected: there is no such time of day\n\
         7 2017-03-16T00:46:00 A text: z\n\
         8 rejected: there is no such day, read as day, month and year as in the rest of the file\n\
         9 2017-03-17T00:46:00 A text: v\n",
    );
    check(
        "no thirteenth hour before noon",
        "16/03/2017, 13:45 pm - A: x\n",
        "1 rejected: there is no such time of day\n",
    );
}
