using System.Globalization;
using System.Linq;
using MucGen.Generator.Emitting;
using MucGen.Generator.Model;

namespace MucGen.Generator.Linking;

/// <summary>Default and fixed values as C#, or what is wrong with them.</summary>
internal static class ConstantValues
{
    public static (string? Code, string? Problem) Member(EnumSpec spec, string text) =>
        spec.Members.FirstOrDefault(m => m.Wire == text) is { } member ? (spec.TypeName + "." + member.Name, null) : (null, "it is not in the enumeration");

    public static (string? Code, string? Problem) Of(ValueSpec value, string text)
    {
        switch (value.Kind)
        {
            case ValueKind.Number or ValueKind.LongNumber or ValueKind.UnsignedLong or ValueKind.Decimal:
                var style = value.Kind == ValueKind.Decimal ? NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint : NumberStyles.AllowLeadingSign;
                return decimal.TryParse(text, style, CultureInfo.InvariantCulture, out var number) && Allows(value.Facets, number)
                    ? (CSharp.Number(number) + Suffix(value.Kind), null)
                    : (null, "it is not a number in the type's range");
            case ValueKind.Double:
                return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real)
                    ? (real.ToString("R", CultureInfo.InvariantCulture) + "d", null)
                    : (null, "it is not a number in the type's range");
            case ValueKind.Boolean:
                return text is "true" or "1" or "false" or "0" ? (text is "true" or "1" ? "true" : "false", null) : (null, "it is neither true nor false");
            case ValueKind.Text or ValueKind.Language or ValueKind.Base64 or ValueKind.Hex or ValueKind.Nick or ValueKind.Jid or ValueKind.BareJid or ValueKind.FullJid:
                return (CSharp.Utf8(text), null);
            default:
                return (null, "this type takes no default");
        }
    }

    private static bool Allows(Facets facets, decimal number) =>
        !(facets.Least is { } least && (number < least.Value || (least.IsExclusive && number == least.Value)))
        && !(facets.Most is { } most && (number > most.Value || (most.IsExclusive && number == most.Value)));

    private static string Suffix(ValueKind kind) => kind switch
    {
        ValueKind.LongNumber => "L",
        ValueKind.UnsignedLong => "UL",
        ValueKind.Decimal => "m",
        _ => "",
    };
}
