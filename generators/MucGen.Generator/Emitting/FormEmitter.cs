using System.Linq;
using MucGen.Generator.Model;

namespace MucGen.Generator.Emitting;

/// <summary>Emits a data form: the constants of its fields, a view of submissions, and a writer.</summary>
internal static class FormEmitter
{
    public static EmittedFile Emit(FormModel form, string @namespace)
    {
        var writer = CSharp.OpenFile($"{form.Origin}, form '{form.FormType}' ({form.Specification})", @namespace, "System", "System.Collections.Generic", "MucGen.Protocol", "MucGen.Xml");
        EmitFields(writer, form);
        FormViewEmitter.Emit(writer, form);
        FormWriterEmitter.Emit(writer, form);
        return new EmittedFile($"{form.HintPrefix}.{form.TypeName}.g.cs", writer.ToString());
    }

    /// <summary>An enumeration that a field's options become, in the shape of the schemas' ones.</summary>
    public static EnumSpec EnumOf(FormModel form, FormFieldModel field) => new(
        field.EnumType!, form.Origin, form.Specification, form.HintPrefix, $"{field.Label} ({field.Variable}).", ParsesText: true,
        field.Options.Select(option => new EnumMember(CSharp.Pascal(option.Value), option.Value, option.Label)).ToEquatableArray());

    private static void EmitFields(SourceWriter writer, FormModel form)
    {
        writer.Line($"/// <summary>The fields of {CSharp.Doc(form.FormType)}, each by its <c>var</c>.</summary>");
        writer.Line(CSharp.GeneratedCode);
        using (writer.Block($"public static class {form.TypeName}Fields"))
        {
            foreach (var field in form.Fields)
            {
                writer.Line();
                writer.Line($"/// <summary>{CSharp.Doc(field.Label)}</summary>");
                writer.Line($"public const string {field.Name} = {CSharp.Literal(field.Variable)};");
            }
        }
        writer.Line();
    }
}
