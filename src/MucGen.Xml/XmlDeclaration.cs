namespace MucGen.Xml;

/// <summary>The XML declaration before a stream header (RFC 6120 section 11.5).</summary>
internal static class XmlDeclaration
{
    /// <summary>Checks the declaration at the start of <paramref name="text"/>, when there is one.</summary>
    /// <param name="text">A stream header.</param>
    /// <param name="length">Its bytes; 0 when there is none.</param>
    public static XmlFault Read(ReadOnlySpan<byte> text, out int length)
    {
        length = 0;
        if (!text.StartsWith("<?xml"u8)) return XmlFault.None;
        var end = text.IndexOf("?>"u8);
        if (end < 0) return XmlFault.NotWellFormed;
        var rest = text["<?xml".Length..end];
        if (!TryTake(ref rest, "version"u8, out var version) || !IsVersion(version)) return XmlFault.NotWellFormed;
        var hasEncoding = TryTake(ref rest, "encoding"u8, out var encoding);
        var hasStandalone = TryTake(ref rest, "standalone"u8, out var standalone);
        if (!rest.Trim(" \t\r\n"u8).IsEmpty) return XmlFault.NotWellFormed;
        if (hasStandalone && !standalone.SequenceEqual("yes"u8) && !standalone.SequenceEqual("no"u8)) return XmlFault.NotWellFormed;
        if (hasEncoding && !System.Text.Ascii.EqualsIgnoreCase(encoding, "utf-8"u8)) return XmlFault.UnsupportedEncoding;
        length = end + 2;
        return XmlFault.None;
    }

    private static bool IsVersion(ReadOnlySpan<byte> version) =>
        version.StartsWith("1."u8) && version.Length > 2 && version[2..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;

    private static bool TryTake(ref ReadOnlySpan<byte> rest, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        value = default;
        var trimmed = rest.TrimStart(" \t\r\n"u8);
        if (trimmed.Length == rest.Length || !trimmed.StartsWith(name)) return false;
        trimmed = trimmed[name.Length..].TrimStart(" \t\r\n"u8);
        if (trimmed is not [(byte)'=', ..]) return false;
        trimmed = trimmed[1..].TrimStart(" \t\r\n"u8);
        if (trimmed is not [(byte)'"' or (byte)'\'', ..]) return false;
        var length = trimmed[1..].IndexOf(trimmed[0]);
        if (length < 0) return false;
        value = trimmed.Slice(1, length);
        rest = trimmed[(length + 2)..];
        return true;
    }
}
