using System.Linq;
using MucGen.Generator.Model;

namespace MucGen.Generator.Emitting;

/// <summary>Emits an enumeration and the static class that knows its wire names.</summary>
internal static class EnumEmitter
{
    public static EmittedFile Emit(EnumSpec spec, string @namespace)
    {
        var w = CSharp.OpenFile($"{spec.Origin}, enumeration '{spec.TypeName}' ({spec.Specification})", @namespace, "System", "MucGen.Xml");
        w.Line($"/// <summary>{CSharp.Doc(spec.Documentation ?? "One of: " + string.Join(", ", spec.Members.Select(m => m.Wire)) + ".")}</summary>");
        w.Line(CSharp.GeneratedCode);
        using (w.Block($"public enum {spec.TypeName} : byte"))
        {
            foreach (var member in spec.Members)
            {
                w.Line($"/// <summary>{CSharp.Doc(member.Documentation ?? member.Wire)}</summary>");
                w.Line(member.Name + ",");
                if (member != spec.Members[spec.Members.Count - 1])
                    w.Line();
            }
        }
        w.Line();
        w.Line($"/// <summary>The wire names of <see cref=\"{spec.TypeName}\"/>.</summary>");
        w.Line(CSharp.GeneratedCode);
        using (w.Block($"public static class {Shapes.NamesOf(spec.TypeName)}"))
        {
            EmitToUtf8(w, spec);
            if (spec.ParsesText)
                EmitTryParse(w, spec);
        }
        return new EmittedFile($"{spec.HintPrefix}.{spec.TypeName}.g.cs", w.ToString());
    }

    private static void EmitToUtf8(SourceWriter w, EnumSpec spec)
    {
        w.Line("/// <summary>The value as the wire has it.</summary>");
        w.Line("/// <exception cref=\"System.ArgumentOutOfRangeException\">The value is none of the enumeration.</exception>");
        using (w.Block($"public static ReadOnlySpan<byte> ToUtf8(this {spec.TypeName} value) => value switch", ";"))
        {
            foreach (var member in spec.Members)
                w.Line($"{spec.TypeName}.{member.Name} => {CSharp.Utf8(member.Wire)},");
            w.Line("_ => throw new ArgumentOutOfRangeException(nameof(value)),");
        }
    }

    private static void EmitTryParse(SourceWriter w, EnumSpec spec)
    {
        w.Line();
        w.Line("/// <summary>Reads a value, white space around it aside; false when it is absent or none of the enumeration.</summary>");
        using (w.Block($"public static bool TryParse(in XmlText text, out {spec.TypeName} value)"))
        {
            if (spec.Members.Any(member => member.Wire.Length == 0))
            {
                using (w.Block("if (!text.IsPresent)"))
                {
                    w.Line("value = default;");
                    w.Line("return false;");
                }
            }
            w.Line("if (text.TryGetUtf8(out var utf8))");
            using (w.Indent())
                w.Line("return TryParse(utf8.Trim(\" \\t\\r\\n\"u8), out value);");
            w.Line("return TryParse(FieldRules.Word(text, stackalloc byte[FieldRules.LongestWord]), out value);");
        }
        w.Line();
        using (w.Block($"private static bool TryParse(ReadOnlySpan<byte> utf8, out {spec.TypeName} value)"))
        {
            using (w.Block("switch (utf8.Length)"))
            {
                foreach (var group in spec.Members.GroupBy(m => System.Text.Encoding.UTF8.GetByteCount(m.Wire)).OrderBy(g => g.Key))
                {
                    foreach (var member in group)
                    {
                        w.Line($"case {group.Key} when utf8.SequenceEqual({CSharp.Utf8(member.Wire)}):");
                        using (w.Indent())
                        {
                            w.Line($"value = {spec.TypeName}.{member.Name};");
                            w.Line("return true;");
                        }
                    }
                }
                w.Line("default:");
                using (w.Indent())
                {
                    w.Line("value = default;");
                    w.Line("return false;");
                }
            }
        }
    }
}
