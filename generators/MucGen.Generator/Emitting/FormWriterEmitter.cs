using System.Globalization;
using System.Linq;
using MucGen.Generator.Model;

namespace MucGen.Generator.Emitting;

/// <summary>Emits the writer of a form: one method a field, with label, type, value and options.</summary>
internal static class FormWriterEmitter
{
    public static void Emit(SourceWriter writer, FormModel form)
    {
        writer.Line($"/// <summary>Writes a form of {CSharp.Doc(form.FormType)}, fields in the caller's order.</summary>");
        writer.Line("/// <remarks>A form to fill in gets types, labels and options; a submission or result only values.</remarks>");
        writer.Line(CSharp.GeneratedCode);
        using (writer.Block($"public ref partial struct {form.TypeName}Writer"))
        {
            writer.Line("private readonly bool isForm;");
            writer.Line("private DataFormWriter form;");
            writer.Line();
            using (writer.Block($"private {form.TypeName}Writer(DataFormWriter form, bool isForm)"))
            {
                writer.Line("this.form = form;");
                writer.Line("this.isForm = isForm;");
            }
            writer.Line();
            writer.Line("/// <summary>Writes the start of the form and its FORM_TYPE.</summary>");
            using (writer.Block($"public static {form.TypeName}Writer Start(ref XmppWriter writer, FormType type, scoped XmlText title = default, scoped XmlText instructions = default)"))
                writer.Line($"return new {form.TypeName}Writer(FormFieldWriting.Start(ref writer, type, {CSharp.Utf8(form.FormType)}, title, instructions), type == FormType.Form);");
            foreach (var field in form.Fields)
                EmitField(writer, field);
            writer.Line();
            writer.Line("/// <summary>Writes the end.</summary>");
            writer.Line("public void End() => form.End();");
        }
    }

    private static void EmitField(SourceWriter writer, FormFieldModel field)
    {
        writer.Line();
        writer.Line($"/// <summary>{CSharp.Doc(field.Label)} ('{CSharp.Doc(field.Variable)}').</summary>");
        using (writer.Block($"public void {field.Name}({Parameter(field)}, bool required = false)"))
        {
            writer.Line($"var field = form.StartField(isForm ? {CSharp.Utf8(field.Label)} : default(XmlText), isForm ? FormFieldType.{CSharp.Pascal(field.WireType)} : null, {CSharp.Utf8(field.Variable)});");
            writer.Line("if (required && isForm)");
            using (writer.Indent())
                writer.Line("field.Required();");
            EmitValue(writer, field);
            if (!field.Options.IsEmpty)
                EmitOptions(writer, field);
            if (field.Least is not null)
            {
                writer.Line("if (isForm)");
                using (writer.Indent())
                    writer.Line($"field.AtLeast({field.Least});");
            }
            writer.Line("field.End();");
        }
    }

    private static string Parameter(FormFieldModel field) => field.Kind switch
    {
        FormValueKind.Boolean => "bool? value = null",
        FormValueKind.Number => "int? value = null",
        FormValueKind.Choice => $"{field.EnumType}? value = null",
        FormValueKind.Texts or FormValueKind.Choices => "IEnumerable<string>? values = null",
        FormValueKind.Jids => "IEnumerable<Jid>? values = null",
        _ => "scoped XmlText value = default",
    };

    private static void EmitValue(SourceWriter writer, FormFieldModel field)
    {
        switch (field.Kind)
        {
            case FormValueKind.Boolean:
                writer.Line("field.Boolean(value);");
                break;
            case FormValueKind.Number:
                writer.Line("field.Number(value);");
                if (field.None is not null)
                {
                    writer.Line("if (value is null)");
                    using (writer.Indent())
                        writer.Line($"field.Value({CSharp.Utf8(field.None)});");
                }
                break;
            case FormValueKind.Choice:
                writer.Line("if (value is { } choice)");
                using (writer.Indent())
                    writer.Line("field.Value(choice.ToUtf8());");
                break;
            case FormValueKind.Texts or FormValueKind.Choices:
                writer.Line("field.Texts(values);");
                break;
            case FormValueKind.Jids:
                writer.Line("field.Jids(values);");
                break;
            default:
                writer.Line("field.Value(value);");
                break;
        }
    }

    private static void EmitOptions(SourceWriter writer, FormFieldModel field)
    {
        using (writer.Block("if (isForm)"))
        {
            foreach (var option in field.Options)
                writer.Line($"field.Option({CSharp.Utf8(option.Label)}, {CSharp.Utf8(option.Value)});");
            if (field.Kind == FormValueKind.Number && field.IsOpen)
            {
                var numbers = field.Options.Where(option => int.TryParse(option.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out _)).Select(option => option.Value);
                writer.Line($"field.NumberOption(value, [{string.Join(", ", numbers)}]);");
            }
        }
    }
}
