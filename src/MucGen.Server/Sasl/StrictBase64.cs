using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;

namespace MucGen.Server.Sasl;

/// <summary>Base64 as RFC 6120 section 13.9.1 wants it read: no white space, no foreign characters, canonical padding.</summary>
internal static class StrictBase64
{
    /// <summary>Decodes; false for anything but the one encoding of the bytes.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        if (text.Length % 4 != 0 || text.ContainsAny(" \t\r\n"u8))
            return false;
        var buffer = new byte[Base64.GetMaxDecodedFromUtf8Length(text.Length)];
        if (Base64.DecodeFromUtf8(text, buffer, out var consumed, out var written) != System.Buffers.OperationStatus.Done || consumed != text.Length)
            return false;
        bytes = buffer[..written];
        return true;
    }
}
