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
        fault = XmlFault.None;
        var start = scanned;
        var rest = bytes;
        while (!rest.IsEmpty)
        {
            var found = Step(ref rest, out fault);
            scanned = start + bytes.Length - rest.Length;
            if (found != FrameKind.Incomplete || fault != XmlFault.None) return found;
        }
        return FrameKind.Incomplete;
    }

    private FrameKind Step(ref ReadOnlySpan<byte> rest, out XmlFault fault)
    {
        fault = XmlFault.None;
        switch (state)
        {
            case State.Between:
                fault = rest[0] == '<' && !isEnded ? XmlFault.None : XmlFault.NotWellFormed;
                rest = rest[1..];
                state = State.Open;
                return FrameKind.Incomplete;
            case State.Open:
                fault = Opened(rest[0]);
                rest = rest[1..];
                return FrameKind.Incomplete;
            case State.StartTag:
                return InStartTag(ref rest, out fault);
            case State.Quoted:
                return InQuotes(ref rest, out fault);
            case State.EndTag:
                return InEndTag(ref rest, out fault);
            case State.Text:
                var length = rest.IndexOf((byte)'<');
                rest = length < 0 ? default : rest[(length + 1)..];
                if (length >= 0) state = State.Open;
                return FrameKind.Incomplete;
            case State.Bang:
                fault = InBang(ref rest);
                return FrameKind.Incomplete;
            case State.CData:
                InCData(ref rest);
                return FrameKind.Incomplete;
            case State.Declaration:
                InDeclaration(ref rest);
                return FrameKind.Incomplete;
            default:
                fault = InProlog(ref rest);
                return FrameKind.Incomplete;
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

    private FrameKind InStartTag(ref ReadOnlySpan<byte> rest, out XmlFault fault)
    {
        fault = XmlFault.None;
        var index = rest.IndexOfAny("\"'<>"u8);
        if (index < 0)
        {
            afterSlash = rest[^1] == '/';
            rest = default;
            return FrameKind.Incomplete;
        }
        var value = rest[index];
        if (index > 0) afterSlash = rest[index - 1] == '/';
        rest = rest[(index + 1)..];
        if (value == '>') return StartTagClosed();
        if (value == '<') fault = XmlFault.NotWellFormed;
        else if (attributes++ == limits.MaxAttributes) fault = XmlFault.TooManyAttributes;
        quote = value;
        state = State.Quoted;
        return FrameKind.Incomplete;
    }

    private FrameKind StartTagClosed()
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

    private FrameKind InQuotes(ref ReadOnlySpan<byte> rest, out XmlFault fault)
    {
        fault = XmlFault.None;
        var index = rest.IndexOfAny(quote, (byte)'<');
        if (index < 0)
        {
            rest = default;
            return FrameKind.Incomplete;
        }
        if (rest[index] == '<') fault = XmlFault.NotWellFormed;
        rest = rest[(index + 1)..];
        afterSlash = false;
        state = State.StartTag;
        return FrameKind.Incomplete;
    }

    private FrameKind InEndTag(ref ReadOnlySpan<byte> rest, out XmlFault fault)
    {
        fault = XmlFault.None;
        var index = rest.IndexOfAny((byte)'>', (byte)'<');
        if (index < 0)
        {
            rest = default;
            return FrameKind.Incomplete;
        }
        if (rest[index] == '<') fault = XmlFault.NotWellFormed;
        rest = rest[(index + 1)..];
        state = State.Text;
        if (fault != XmlFault.None) return FrameKind.Incomplete;
        if (depth == 0) return EndStream();
        depth--;
        return depth == 0 ? FrameKind.Stanza : FrameKind.Incomplete;
    }

    private XmlFault InBang(ref ReadOnlySpan<byte> rest)
    {
        var value = rest[0];
        rest = rest[1..];
        if (matched == 0 && value is (byte)'-' or (byte)'D') return XmlFault.RestrictedXml;
        if (value != CDataStart[matched] || depth == 0) return XmlFault.NotWellFormed;
        matched++;
        if (matched < CDataStart.Length) return XmlFault.None;
        matched = 0;
        state = State.CData;
        return XmlFault.None;
    }

    // `matched` counts the brackets just before, two at most.
    private void InCData(ref ReadOnlySpan<byte> rest)
    {
        if (matched == 0)
        {
            var index = rest.IndexOf((byte)']');
            rest = index < 0 ? default : rest[(index + 1)..];
            if (index >= 0) matched = 1;
            return;
        }
        var value = rest[0];
        rest = rest[1..];
        if (value == ']') matched = 2;
        else if (value == '>' && matched == 2) state = State.Text;
        else matched = 0;
    }

    private void InDeclaration(ref ReadOnlySpan<byte> rest)
    {
        var value = rest[0];
        rest = rest[1..];
        if (value == '>' && matched == 1) state = State.Prolog;
        matched = value == '?' ? 1 : 0;
    }

    private XmlFault InProlog(ref ReadOnlySpan<byte> rest)
    {
        var value = rest[0];
        rest = rest[1..];
        if (CharacterClass.IsWhitespace(value)) return XmlFault.None;
        state = State.Open;
        return value == '<' ? XmlFault.None : XmlFault.NotWellFormed;
    }
}
