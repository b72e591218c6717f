using System.Linq;
using MucGen.Generator.Model;

namespace MucGen.Generator.Emitting;

/// <summary>Emits, for an enumeration that a configuration record uses, the two methods between its values and the words of the wire.</summary>
internal static class ChoiceEmitter
{
    /// <summary>From a value to its word, or from flags to their words.</summary>
    public static string NameMethod(FieldModel field) => (field.Kind == FieldKind.Choices ? "WordsOf" : "WordOf") + TypeName(field);

    /// <summary>From words back to a value.</summary>
    public static string ReadMethod(FieldModel field) => "Read" + TypeName(field);

    public static void Emit(SourceWriter writer, FieldModel field)
    {
        writer.Line();
        if (field.Kind == FieldKind.Choice)
            EmitChoice(writer, field);
        else
            EmitChoices(writer, field);
    }

    private static void EmitChoice(SourceWriter writer, FieldModel field)
    {
        using (writer.Block($"private static string {NameMethod(field)}({field.EnumType} value) => value switch", ";"))
        {
            foreach (var option in field.Options)
                writer.Line($"{field.EnumType}.{option.Member} => {CSharp.Literal(option.Wire)},");
            writer.Line("_ => throw new ArgumentOutOfRangeException(nameof(value), value, null),");
        }
        writer.Line();
        using (writer.Block($"private static {field.EnumType} {ReadMethod(field)}(string[]? words, {field.EnumType} fallback) => words switch", ";"))
        {
            foreach (var option in field.Options)
                writer.Line($"[{CSharp.Literal(option.Wire)}] => {field.EnumType}.{option.Member},");
            writer.Line("_ => fallback,");
        }
    }

    private static void EmitChoices(SourceWriter writer, FieldModel field)
    {
        using (writer.Block($"private static string[] {NameMethod(field)}({field.EnumType} value)"))
        {
            writer.Line($"var words = new List<string>({CSharp.Number(field.Options.Count)});");
            foreach (var option in field.Options)
            {
                writer.Line($"if ((value & {field.EnumType}.{option.Member}) != 0)");
                using (writer.Indent())
                    writer.Line($"words.Add({CSharp.Literal(option.Wire)});");
            }
            writer.Line("return [.. words];");
        }
        writer.Line();
        using (writer.Block($"private static {field.EnumType} {ReadMethod(field)}(string[]? words, {field.EnumType} fallback)"))
        {
            writer.Line("if (words is null)");
            using (writer.Indent())
                writer.Line("return fallback;");
            writer.Line($"{field.EnumType} value = 0;");
            using (writer.Block("foreach (var word in words)"))
            using (writer.Block("value |= word switch", ";"))
            {
                foreach (var option in field.Options)
                    writer.Line($"{CSharp.Literal(option.Wire)} => {field.EnumType}.{option.Member},");
                writer.Line("_ => 0,");
            }
            writer.Line("return value;");
        }
    }

    private static string TypeName(FieldModel field) => field.EnumType!.Split('.', ':').Last();
}
