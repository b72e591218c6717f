using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MucGen.Xml;

/// <summary>Prepares the three parts of an address (RFC 7622 sections 3.2 to 3.4). Preparing what is prepared changes nothing.</summary>
internal static class JidPreparation
{
    private const int LongestPart = 1023;
    private const int LongestDomainName = 253;
    private const int LongestLabel = 63;

    // RFC 7622 section 3.3.1; the space is what no IdentifierClass has.
    private static readonly SearchValues<char> ForbiddenInLocal = SearchValues.Create(" \"&'/:<>@\u007F");
    private static readonly SearchValues<char> LabelCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");
    private static readonly IdnMapping Idn = new() { AllowUnassigned = false, UseStd3AsciiRules = true };

    /// <summary>UsernameCaseMapped (RFC 8265 section 3.3) without the eight characters that addresses need themselves.</summary>
    public static bool TryLocal(string value, [NotNullWhen(true)] out string? prepared, out JidError error)
    {
        prepared = null;
        error = JidError.LocalEmpty;
        if (value.Length == 0) return false;
        error = JidError.LocalTooLong;
        if (value.Length > LongestPart) return false;

        error = JidError.LocalForbidden;
        var mapped = MapLocal(value);
        if (mapped is null || mapped.AsSpan().ContainsAny(ForbiddenInLocal) || mapped.AsSpan().ContainsAnyInRange('\0', '\u001F')) return false;
        if (!Ascii.IsValid(mapped) && !(MapLocal(mapped) == mapped && Precis.IsIdentifier(mapped) && BidiRule.IsSatisfied(mapped))) return false;
        error = Encoding.UTF8.GetByteCount(mapped) > LongestPart ? JidError.LocalTooLong : JidError.None;
        if (error == JidError.None) prepared = mapped;
        return prepared is not null;
    }

    /// <summary>A domain name by IDNA2008, as U-labels in lower case, or an IP address.</summary>
    public static bool TryDomain(string value, [NotNullWhen(true)] out string? prepared, out JidError error)
    {
        prepared = null;
        error = JidError.DomainEmpty;
        var name = value.EndsWith('.') ? value[..^1] : value;
        if (name.Length == 0) return false;
        error = JidError.DomainTooLong;
        if (Encoding.UTF8.GetByteCount(name) > LongestPart) return false;

        prepared = name.StartsWith('[') ? PrepareAddress(name) : PrepareName(name.ToLowerInvariant());
        error = prepared is null ? JidError.DomainInvalid : JidError.None;
        return prepared is not null;
    }

    /// <summary>OpaqueString (RFC 8265 section 4.2).</summary>
    /// <remarks>
    /// A space at either end is refused, for RFC 7622 lists it among its invalid addresses and nobody could tell such nicks apart. The marks that keyboards put
    /// within emoji are not of the class; they are taken out, as addresses had it before (RFC 6122 appendix B.3), rather than to refuse what people take for a letter.
    /// </remarks>
    public static bool TryResource(string value, [NotNullWhen(true)] out string? prepared, out JidError error)
    {
        prepared = null;
        error = JidError.ResourceEmpty;
        if (value.Length == 0) return false;
        error = JidError.ResourceTooLong;
        if (value.Length > LongestPart) return false;

        error = JidError.ResourceForbidden;
        var mapped = MapResource(value) ?? MapResource(Precis.DropEmojiMarks(value));
        if (mapped is null) return false;
        error = Encoding.UTF8.GetByteCount(mapped) > LongestPart ? JidError.ResourceTooLong : JidError.None;
        if (error == JidError.None) prepared = mapped;
        return prepared is not null;
    }

    private static string? MapLocal(string value) => Precis.Compose(value) is { } text ? Precis.Compose(Precis.MapCase(Precis.MapWidth(text))) : null;

    private static string? MapResource(string value)
    {
        var mapped = Precis.Compose(Precis.MapSpaces(value));
        var isAllowed = mapped is { Length: > 0 } && !mapped.StartsWith(' ') && !mapped.EndsWith(' ') && Precis.IsFreeform(mapped);
        return isAllowed ? mapped : null;
    }

    private static string? PrepareAddress(string value)
    {
        if (!value.EndsWith(']') || value.Contains('%', StringComparison.Ordinal)) return null;
        var isAddress = IPAddress.TryParse(value.AsSpan(1, value.Length - 2), out var address) && address.AddressFamily == AddressFamily.InterNetworkV6;
        return isAddress ? $"[{address}]" : null;
    }

    private static string? PrepareName(string name)
    {
        if (Ascii.IsValid(name) && !name.Contains("xn--", StringComparison.Ordinal)) return IsHostName(name) ? name : null;
        if (Precis.Compose(name) is null) return null;
        try
        {
            var ascii = Idn.GetAscii(name);
            var unicode = Idn.GetUnicode(ascii);
            return IsHostName(ascii) && IsInternationalName(unicode) && Idn.GetAscii(unicode) == ascii ? unicode : null;
        }
        catch (ArgumentException)
        {
            // The only way in which the mapping says no.
            return null;
        }
    }

    private static bool IsHostName(string name)
    {
        if (name.Length > LongestDomainName) return false;
        foreach (var range in name.AsSpan().Split('.'))
        {
            var label = name.AsSpan(range);
            if (label.Length is 0 or > LongestLabel || label[0] == '-' || label[^1] == '-' || label.ContainsAnyExcept(LabelCharacters)) return false;
        }
        return true;
    }

    // IDNA2008 is stricter than the mapping: no symbols, and its own rules for context and direction.
    private static bool IsInternationalName(string name)
    {
        foreach (var label in name.Split('.'))
            if (!Ascii.IsValid(label) && !(Precis.IsIdentifier(label) && BidiRule.IsSatisfied(label)))
                return false;
        return true;
    }
}
