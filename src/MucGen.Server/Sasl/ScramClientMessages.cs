using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace MucGen.Server.Sasl;

/// <summary>What the first byte of a SCRAM message says of channel binding (RFC 5802 section 6).</summary>
internal enum ScramBindingFlag : byte
{
    /// <summary><c>n</c>: the client does not support it.</summary>
    None,

    /// <summary><c>y</c>: the client supports it but believes that the server does not.</summary>
    NotOffered,

    /// <summary><c>p=</c>: the client requires it.</summary>
    Required,
}

/// <summary>SCRAM's client-first-message (RFC 5802 section 7).</summary>
internal sealed class ScramClientFirst
{
    private ScramClientFirst(ScramBindingFlag flag, string bindingType, string? authzid, string username, string nonce, int headerLength, byte[] message)
    {
        Flag = flag;
        BindingType = bindingType;
        Authzid = authzid;
        Username = username;
        Nonce = nonce;
        Gs2Header = message.AsMemory(0, headerLength);
        Bare = message.AsMemory(headerLength);
    }

    public ScramBindingFlag Flag { get; }
    public string BindingType { get; }
    public string? Authzid { get; }
    public string Username { get; }
    public string Nonce { get; }

    /// <summary>The message up to client-first-message-bare; what <c>c=</c> of the final message must repeat.</summary>
    public ReadOnlyMemory<byte> Gs2Header { get; }

    /// <summary>client-first-message-bare, a part of what is signed.</summary>
    public ReadOnlyMemory<byte> Bare { get; }

    /// <summary>Reads the message; false when it breaks the grammar or demands an extension that is unknown here.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out ScramClientFirst? first)
    {
        first = null;
        if (!ScramText.TryDecode(bytes, out var text))
            return false;
        var parts = text.Split(',');
        if (parts.Length < 4 || !TryReadFlag(parts[0], out var flag, out var bindingType) || !TryReadAuthzid(parts[1], out var authzid))
            return false;
        // A mandatory extension (m=) stands where the user name is expected, so it is refused as RFC 5802 5.1 wants.
        if (!parts[2].StartsWith("n=", StringComparison.Ordinal) || !ScramText.TryUnescape(parts[2].AsSpan(2), out var username) || username.Length == 0)
            return false;
        if (!parts[3].StartsWith("r=", StringComparison.Ordinal) || !ScramText.IsNonce(parts[3].AsSpan(2)) || !ScramText.AreExtensions(parts.AsSpan(4)))
            return false;
        var headerLength = Encoding.UTF8.GetByteCount(parts[0]) + 1 + Encoding.UTF8.GetByteCount(parts[1]) + 1;
        first = new ScramClientFirst(flag, bindingType, authzid, username, parts[3][2..], headerLength, bytes.ToArray());
        return true;
    }

    private static bool TryReadFlag(string part, out ScramBindingFlag flag, out string bindingType)
    {
        bindingType = "";
        (flag, var known) = part switch
        {
            "n" => (ScramBindingFlag.None, true),
            "y" => (ScramBindingFlag.NotOffered, true),
            ['p', '=', _, ..] => (ScramBindingFlag.Required, true),
            _ => (default, false),
        };
        if (flag == ScramBindingFlag.Required)
            bindingType = part[2..];
        return known;
    }

    private static bool TryReadAuthzid(string part, out string? authzid)
    {
        authzid = null;
        return part.Length == 0 || (part.StartsWith("a=", StringComparison.Ordinal) && ScramText.TryUnescape(part.AsSpan(2), out authzid) && authzid.Length > 0);
    }
}

/// <summary>SCRAM's client-final-message (RFC 5802 section 7).</summary>
internal sealed class ScramClientFinal
{
    private ScramClientFinal(byte[] binding, string nonce, byte[] proof, ReadOnlyMemory<byte> withoutProof)
    {
        Binding = binding;
        Nonce = nonce;
        Proof = proof;
        WithoutProof = withoutProof;
    }

    /// <summary>The decoded <c>c=</c>: GS2 header and binding data.</summary>
    public byte[] Binding { get; }
    public string Nonce { get; }
    public byte[] Proof { get; }

    /// <summary>client-final-message-without-proof, a part of what is signed.</summary>
    public ReadOnlyMemory<byte> WithoutProof { get; }

    /// <summary>Reads the message; false when it breaks the grammar.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out ScramClientFinal? final)
    {
        final = null;
        if (!ScramText.TryDecode(bytes, out var text))
            return false;
        var parts = text.Split(',');
        if (parts.Length < 3 || !parts[0].StartsWith("c=", StringComparison.Ordinal) || !parts[1].StartsWith("r=", StringComparison.Ordinal)
            || !parts[^1].StartsWith("p=", StringComparison.Ordinal) || !ScramText.AreExtensions(parts.AsSpan(2, parts.Length - 3)))
            return false;
        if (!StrictBase64.TryDecode(Encoding.UTF8.GetBytes(parts[0][2..]), out var binding) || !StrictBase64.TryDecode(Encoding.UTF8.GetBytes(parts[^1][2..]), out var proof))
            return false;
        final = new ScramClientFinal(binding, parts[1][2..], proof, bytes[..bytes.LastIndexOf(",p="u8)].ToArray());
        return true;
    }
}

/// <summary>The lexical rules that SCRAM's messages share.</summary>
internal static class ScramText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Strict UTF-8 without NUL.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, out string text)
    {
        text = "";
        if (!System.Text.Unicode.Utf8.IsValid(bytes) || bytes.Contains((byte)0))
            return false;
        text = Strict.GetString(bytes);
        return true;
    }

    /// <summary>Undoes <c>=2C</c> and <c>=3D</c>; any other use of <c>=</c> is an error.</summary>
    public static bool TryUnescape(ReadOnlySpan<char> value, [NotNullWhen(true)] out string? text)
    {
        text = null;
        var result = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] != '=')
            {
                result.Append(value[i]);
                continue;
            }
            var rest = value[i..];
            if (rest.StartsWith("=2C"))
                result.Append(',');
            else if (rest.StartsWith("=3D"))
                result.Append('=');
            else
                return false;
            i += 2;
        }
        text = result.ToString();
        return true;
    }

    /// <summary>Printable ASCII without a comma, at least one character.</summary>
    public static bool IsNonce(ReadOnlySpan<char> value) => !value.IsEmpty && !value.ContainsAnyExceptInRange('!', '~');

    /// <summary>Optional extensions are attr-val pairs and are ignored; a mandatory one (m=) is not optional.</summary>
    public static bool AreExtensions(ReadOnlySpan<string> parts)
    {
        foreach (var part in parts)
            if (part.Length < 3 || !char.IsAsciiLetter(part[0]) || part[0] == 'm' || part[1] != '=')
                return false;
        return true;
    }
}
