namespace MucGen.Xml;

// The state machine: what each byte means, whatever the split.
public partial struct StreamFramer
{
    private static ReadOnlySpan<byte> CDataStart => "[CDATA["u8;

    private enum State : byte
    {
        /// <summary>At the start of a frame.</summary>
        Between,

        /// <summary>Behind a '&lt;'.</summary>
        Open,

        /// <summary>In a start tag, outside of quotes.</summary>
        StartTag,

        /// <summary>In an attribute's value.</summary>
        Quoted,

        EndTag,
        Text,

        /// <summary>Behind "&lt;!".</summary>
        Bang,
        CData,

        /// <summary>In the XML declaration.</summary>
        Declaration,

        /// <summary>Between the XML declaration and the stream header.</summary>
        Prolog,
    }

    // Looks at bytes that follow those scanned before; moves `scanned` over what it has decided upon.
    private FrameKind Scan(ReadOnlySpan<byte> bytes, out XmlFault fault)
    {
        fault = XmlFault.None;
        if (bytes.IsEmpty && !endsAtOnce) return FrameKind.Incomplete;
        if (state == State.Between && scanned == 0)
        {
            if (endsAtOnce) return EndStream();
            var white = bytes.IndexOfAnyExcept(" \t\r\n"u8);
            if (white < 0) white = bytes.Length;
            if (white > 0) return TakeWhitespace(white, out fault);
        }
        var room = limits.MaxStanzaBytes - scanned;
        var kind = ScanMarkup(bytes.Length > room ? bytes[..room] : bytes, out fault);
        if (kind == FrameKind.Incomplete && scanned >= limits.MaxStanzaBytes) fault = XmlFault.StanzaTooLarge;
        if (fault == XmlFault.None) return kind;
        failed = fault;
        return FrameKind.Fault;
    }

    private FrameKind EndStream()
    {
        endsAtOnce = false;
        isEnded = true;
        return FrameKind.StreamEnd;
    }

    // RFC 7395 section 3.3.3: nothing stands between WebSocket frames.
    private FrameKind TakeWhitespace(int length, out XmlFault fault)
    {
        fault = failed = isWebSocket ? XmlFault.NotWellFormed : XmlFault.None;
        if (isWebSocket) return FrameKind.Fault;
        scanned = length;
        return FrameKind.Whitespace;
    }

    private FrameKind ScanMarkup(ReadOnlySpan<byte> bytes, out XmlFault fault)
    {
        var scanner = new MarkupScanner(bytes, readsNames: false);
        var before = scanned;
        var position = 0;
        var kind = FrameKind.Incomplete;
        fault = XmlFault.None;
        while (position < bytes.Length && kind == FrameKind.Incomplete && fault == XmlFault.None)
        {
            switch (state)
            {
                case State.Text:
                    position = scanner.NextLess(position) + 1;
                    if (position < bytes.Length) fault = Opened(bytes[position++]);
                    else if (position == bytes.Length) state = State.Open;
                    break;
                case State.Open:
                    fault = Opened(bytes[position++]);
                    break;
                case State.StartTag:
                    kind = ScanStartTag(ref scanner, bytes, ref position, out fault);
                    break;
                case State.Quoted:
                    var end = scanner.NextInValue(position, quote);
                    position = end + 1;
                    if (end < bytes.Length) fault = ValueEnded(bytes[end]);
                    break;
                case State.EndTag:
                    var close = scanner.NextAngle(position);
                    position = close + 1;
                    if (close < bytes.Length) kind = EndTagEnded(bytes[close], out fault);
                    break;
                default:
                    fault = Rare(bytes[position++]);
                    break;
            }
        }
        scanned = before + Math.Min(position, bytes.Length);
        return kind;
    }

    // States that a byte at a time is good enough for.
    private XmlFault Rare(byte value)
    {
        switch (state)
        {
            case State.Bang:
                return InBang(value);
            case State.CData:
                InCData(value);
                return XmlFault.None;
            case State.Declaration:
                InDeclaration(value);
                return XmlFault.None;
            case State.Prolog when CharacterClass.IsWhitespace(value):
                return XmlFault.None;
            default:
                state = State.Open;
                return value == '<' && !isEnded ? XmlFault.None : XmlFault.NotWellFormed;
        }
    }

    private XmlFault Opened(byte value)
    {
        switch (value)
        {
            case (byte)'/':
                if (!isStarted || (depth == 0 && isWebSocket)) return XmlFault.NotWellFormed;
                state = State.EndTag;
                return XmlFault.None;
            case (byte)'!':
                matched = 0;
                state = State.Bang;
                return XmlFault.None;
            case (byte)'?':
                if (isStarted || hasDeclaration) return XmlFault.RestrictedXml;
                hasDeclaration = true;
                matched = 0;
                state = State.Declaration;
                return XmlFault.None;
            case (byte)'<' or (byte)'>' or (byte)'"' or (byte)'\'' or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n':
                return XmlFault.NotWellFormed;
            default:
                return StartTagOpened();
        }
    }

    private XmlFault StartTagOpened()
    {
        isHeader = !isStarted;
        if (!isHeader)
        {
            if (depth == limits.MaxDepth) return XmlFault.TooDeep;
            if (elements++ > limits.MaxChildren) return XmlFault.TooManyChildren;
        }
        attributes = 0;
        afterSlash = false;
        state = State.StartTag;
        return XmlFault.None;
    }

    // Value after value, to the '>' or as far as the bytes go.
    private FrameKind ScanStartTag(ref MarkupScanner scanner, ReadOnlySpan<byte> bytes, ref int position, out XmlFault fault)
    {
        fault = XmlFault.None;
        var at = position;
        while (true)
        {
            var mark = scanner.NextInTag(at);
            if (mark > at) afterSlash = bytes[mark - 1] == '/';
            position = mark + 1;
            if (mark == bytes.Length) return FrameKind.Incomplete;
            var value = bytes[mark];
            if (value == '>') return StartTagEnded();
            if (value == '<') fault = XmlFault.NotWellFormed;
            else if (attributes++ == limits.MaxAttributes) fault = XmlFault.TooManyAttributes;
            if (fault != XmlFault.None) return FrameKind.Incomplete;

            var end = scanner.NextInValue(mark + 1, value);
            position = end + 1;
            quote = value;
            state = State.Quoted;
            if (end == bytes.Length) return FrameKind.Incomplete;
            fault = ValueEnded(bytes[end]);
            if (fault != XmlFault.None) return FrameKind.Incomplete;
            at = position;
        }
    }

    private FrameKind StartTagEnded()
    {
        if (isHeader)
        {
            isStarted = true;
            endsAtOnce = afterSlash;
            return FrameKind.StreamStart;
        }
        if (!afterSlash) depth++;
        state = State.Text;
        return depth == 0 ? FrameKind.Stanza : FrameKind.Incomplete;
    }

    private XmlFault ValueEnded(byte mark)
    {
        afterSlash = false;
        state = State.StartTag;
        return mark == '<' ? XmlFault.NotWellFormed : XmlFault.None;
    }

    private FrameKind EndTagEnded(byte mark, out XmlFault fault)
    {
        fault = mark == '<' ? XmlFault.NotWellFormed : XmlFault.None;
        if (fault != XmlFault.None) return FrameKind.Incomplete;
        state = State.Text;
        if (depth == 0) return EndStream();
        depth--;
        return depth == 0 ? FrameKind.Stanza : FrameKind.Incomplete;
    }

    private XmlFault InBang(byte value)
    {
        if (matched == 0 && value is (byte)'-' or (byte)'D') return XmlFault.RestrictedXml;
        if (value != CDataStart[matched] || depth == 0) return XmlFault.NotWellFormed;
        matched++;
        if (matched < CDataStart.Length) return XmlFault.None;
        matched = 0;
        state = State.CData;
        return XmlFault.None;
    }

    // `matched` counts the brackets just before, two at most.
    private void InCData(byte value)
    {
        if (value == ']') matched = Math.Min(matched + 1, 2);
        else if (value == '>' && matched == 2) state = State.Text;
        else matched = 0;
    }

    // `matched` says whether the byte before was a question mark.
    private void InDeclaration(byte value)
    {
        if (value == '>' && matched == 1) state = State.Prolog;
        matched = value == '?' ? 1 : 0;
    }
}
