using System;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace MucGen.Generator.Model;

/// <summary>A source file on its way to the compiler, or the report that its emission failed.</summary>
internal sealed record EmittedFile(string HintName, string Text, DiagnosticInfo? Fault = null)
{
    /// <summary>Emits a file; a fault of ours is reported with what brought it about.</summary>
    public static EmittedFile Of(string subject, Func<EmittedFile> emit) => Guard.Run(subject, null, emit, fault => new EmittedFile("", "", fault));

    /// <summary>Gives the file to the compiler, or reports why there is none.</summary>
    public void AddTo(SourceProductionContext production)
    {
        var fault = Fault ?? Guard.Run<DiagnosticInfo?>(HintName, null, () => Add(production), fault => fault);
        if (fault is not null)
            production.ReportDiagnostic(fault.ToDiagnostic());
    }

    private DiagnosticInfo? Add(SourceProductionContext production)
    {
        production.AddSource(HintName, SourceText.From(Text, Encoding.UTF8));
        return null;
    }
}
